"""One file of Coq for each claim: what is given, the statement, its proof, and what it rests on."""

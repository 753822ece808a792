"""Certificates: proofs told to Coq, whose kernel checks them; nothing of ours is trusted.

Base.v, Facts.v, Rules.v, Tactics.v    the library: what terms mean, a lemma for each row of the table, tactics
sorts         what each name of an untyped claim stands for
gallina       terms in Coq's language
schemas       the rows of the table as statements of lemmas; which rows have none
context       the facts at a place, with the names of their hypotheses
signs, smooth, conditions    proofs of side conditions
computations  the rows that are computations, as tactics
script        the moves of a theorem as a proof
theory        the file for a claim or for a proved step
steps         the proved steps of a document
coq           the compiler, where it is installed
folder        a folder of certificates and its record
"""

r"""LaTeX in both directions: terms are printed, and what people write is read. The rooms, in the order of the data:

style, printer             how terms look; Term -> LaTeX
names                      tables of spellings
tokens, macros             characters -> tokens with places; the author's macros, within a budget
source, blocks             a file as text; the text as mathematics, headings, prose
brackets, nodes, numbers, syntax    tokens -> a tree of notation
relations, rows, statements    a display -> sides joined by relations
profile, scope             who is what: from TOML, and from what the document says
letters, bars, primes, laws, sets, outcomes, events, binders, integrals, random, moments, divergences, differentials,
                           functions, vectors, sequences, meaning    notation -> terms
words, telling, indices, abbreviations    what the words around a formula say
bernoulli, roles, numbered, densities, naming, facts, supports, chances, calls, doubts, said, matrices, independence,
samples, told, drawn, unsaid, settings, anew, chains    what a document defines, what is given where,
                           and what authors leave unsaid
tasks, document, reader    which task; what comes out; the two doors `read_formula` and `read_document`
"""

"""Models: what the symbols of a claim may stand for, and what terms and propositions then mean.

    elementary     log, exp, ... of values
    domain         sets and their simple points
    model          a model, and closed forms for abstract functions
    gaussian       integrals under normal densities
    frame          what is known while a term is compiled and evaluated, and what bounds it
    reduction      sums, expectations, divergences
    evaluate       the value of a term in a model
    judgement      the truth of a proposition in a model
    demands        what the given demands of a model
    plan           in which order symbols get values for a claim
    satisfy        models that satisfy the given
    table          values and tables of functions as text

Trusted for `refuted`: exact rationals and balls only, and undefined wherever anything is unclear.
"""

"""A checker for the mathematics of score-function gradient estimators."""

"""An argument as a whole: which required equations the accepted steps of a document lead to, and by what way.

alike      one way to write terms that differ in notation only
paths      accepted equations as a graph of sides
required   the sides that each goal of the seminar leads between
words      what prose around the formulas announces, assumes or says about the dependence on a parameter
"""

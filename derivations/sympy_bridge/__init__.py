"""The door to SymPy, both ways: terms as SymPy expressions, and SymPy expressions as terms with their given.

    words          what both languages have, and SymPy classes for what SymPy lacks
    functions      what is written by other functions here
    reader         from SymPy
    writer         to SymPy

Nothing is lost on the way out: everything is built with `evaluate=False`, and `from_sympy(to_sympy(term, given))[0]`
is `term` again. On the way in the assumptions of symbols become facts.

>>> import sympy
>>> from derivations.given import Given
>>> from derivations.notation import read
>>> quotient = to_sympy(read("x^2 / x"), Given.of("x in interval(0, oo)"))
>>> quotient, quotient.doit()
(x**2/x, x)
>>> term, given = from_sympy(quotient)
>>> print(term, "given", given)
x^2 / x given x in interval(0, oo)
"""

from derivations.sympy_bridge.reader import all_from_sympy, from_sympy
from derivations.sympy_bridge.words import Over
from derivations.sympy_bridge.writer import to_sympy

__all__ = ["Over", "all_from_sympy", "from_sympy", "to_sympy"]

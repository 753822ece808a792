r"""Tables of spellings: which control sequence or word stands for which operator, relation, letter or nothing.

It must not know the mathematics of a task: those names are in the profiles.
"""

from __future__ import annotations

from typing import Final

# Operators, by what people type for them; words are looked up in lower case.
OPERATORS: Final = {
    r"\log": "log", r"\ln": "log", r"\lg": "lg", r"\exp": "exp", r"\tanh": "tanh", r"\sum": "sum", r"\prod": "prod",
    r"\int": "int", r"\iint": "iint", r"\iiint": "iiint", r"\nabla": "nabla", r"\partial": "partial", r"\lim": "lim",
    r"\max": "max", r"\min": "min", r"\sup": "sup", r"\inf": "inf", r"\arg": "arg", r"\argmax": "argmax",
    r"\argmin": "argmin", r"\E": "E", r"\EE": "E", r"\Ex": "E", r"\Exp": "E", r"\PE": "E", r"\Expect": "E",
    r"\expect": "E", r"\expectation": "E", r"\mean": "E", r"\V": "Var", r"\Var": "Var", r"\VV": "Var",
    r"\var": "Var",
    r"\Vv": "Var", r"\variance": "Var", r"\Cov": "Cov", r"\cov": "Cov", r"\KL": "KL", r"\kl": "KL", r"\KLD": "KL",
    r"\DKL": "KL", r"\Dkl": "KL", r"\dkl": "KL", r"\grad": "nabla", r"\softmax": "softmax", r"\Bern": "Bern",
    r"\Ber": "Bern", r"\bern": "Bern", r"\Bernoulli": "Bern", r"\bernoulli": "Bern", r"\sigm": "sigmoid",
    r"\sigmoid": "sigmoid", r"\logit": "logit", r"\softplus": "softplus", r"\Pr": "Pr", r"\sin": "sin",
    r"\relu": "relu", r"\ReLU": "relu",
    r"\cos": "cos", r"\tan": "tan", r"\sinh": "sinh", r"\cosh": "cosh", r"\arctan": "arctan", r"\arcsin": "arcsin",
    r"\arccos": "arccos", r"\cot": "cot", r"\sec": "sec", r"\csc": "csc", r"\coth": "coth", r"\erf": "erf",
    r"\sech": "sech", r"\csch": "csch", r"\cosec": "csc", r"\tg": "tan", r"\ctg": "cot", r"\cotg": "cot",
    r"\arctg": "arctan", r"\lb": "lb", r"\asin": "arcsin", r"\acos": "arccos",
    r"\atan": "arctan", r"\arsinh": "arsinh", r"\arcosh": "arcosh", r"\artanh": "artanh", r"\asinh": "arsinh",
    r"\acosh": "arcosh", r"\atanh": "artanh", r"\arcsinh": "arsinh", r"\arccosh": "arcosh", r"\arctanh": "artanh",
    r"\arcsec": "arcsec", r"\arccsc": "arccsc", r"\arccot": "arccot", r"\cbrt": "cbrt",
    r"\det": "det", r"\tr": "tr", r"\sgn": "sign", r"\sign": "sign", r"\Ent": "H", r"\entropy": "H",
    # Signs that the grammar does not know are refused by name, and never read as letters.
    r"\oint": "oint", r"\oiint": "oiint", r"\bigcup": "bigcup", r"\bigcap": "bigcap", r"\coprod": "coprod",
    r"\bigoplus": "bigoplus", r"\bigotimes": "bigotimes", r"\bigvee": "bigvee", r"\bigwedge": "bigwedge",
    r"\gcd": "gcd", r"\deg": "deg", r"\dim": "dim", r"\ker": "ker", r"\hom": "hom", r"\limsup": "limsup",
    r"\liminf": "liminf",
}  # fmt: skip
WORDS: Final = {
    "log": "log", "ln": "log", "exp": "exp", "tanh": "tanh", "e": "E", "expectation": "E", "mean": "E", "var": "Var",
    "v": "Var", "variance": "Var", "d": "d", "cov": "Cov", "kl": "KL", "dkl": "KL", "kld": "KL", "h": "H",
    "entropy": "H", "ent": "H", "ce": "CE", "bern": "Bern", "ber": "Bern", "bernoulli": "Bern", "be": "Bern",
    "sigmoid": "sigmoid", "sigm": "sigmoid", "sig": "sigmoid", "expit": "sigmoid", "logistic": "sigmoid",
    "logit": "logit", "softplus": "softplus", "softmax": "softmax", "grad": "nabla", "max": "max", "min": "min",
    "pr": "Pr", "lim": "lim", "argmax": "argmax", "argmin": "argmin", "sup": "sup", "inf": "inf", "mse": "MSE",
    "tr": "tr", "diag": "diag", "sgn": "sign", "sign": "sign", "lg": "lg", "lb": "lb",
    "log1p": "log1p", "expm1": "expm1", "arg max": "argmax", "arg min": "argmin",
    "relu": "relu", "silu": "silu", "swish": "silu",
    "rozptyl": "Var", "sum": "sum", "sqrt": "sqrt", "prod": "prod",
    # Functions: those that the grammar does not know are refused by name, and never read as letters.
    "sin": "sin", "cos": "cos", "tan": "tan", "sinh": "sinh", "cosh": "cosh", "arctan": "arctan", "arcsin": "arcsin",
    "arccos": "arccos", "atan": "arctan", "asin": "arcsin", "acos": "arccos", "cot": "cot", "sec": "sec", "csc": "csc",
    "coth": "coth", "sech": "sech", "csch": "csch", "cosec": "csc", "asinh": "arsinh", "acosh": "arcosh",
    "atanh": "artanh", "acoth": "arcoth", "arsinh": "arsinh", "arcosh": "arcosh", "artanh": "artanh",
    "arcsinh": "arsinh", "arccosh": "arcosh", "arctanh": "artanh", "arcoth": "arcoth", "arccoth": "arcoth",
    "arsech": "arsech", "asech": "arsech", "arcsch": "arcsch", "acsch": "arcsch", "arcsec": "arcsec",
    "asec": "arcsec", "arccsc": "arccsc", "acsc": "arccsc", "arccot": "arccot", "acot": "arccot", "tg": "tan",
    "ctg": "cot", "cotg": "cot", "arctg": "arctan", "cbrt": "cbrt",
    "erf": "erf", "erfc": "erfc", "floor": "floor", "ceil": "ceil",
}  # fmt: skip
# Words that may be typed with plain letters, longest first.
TYPED: Final = (
    "Bernoulli", "softplus", "sigmoid", "softmax", "logit", "Bern", "ELBO", "tanh", "Var", "var", "Cov", "cov", "log",
    "exp", "KL", "ln",
)  # fmt: skip

RELATIONS: Final = {
    "=": "=", "<": "<", ">": ">", r"\leq": "<=", r"\le": "<=", r"\leqslant": "<=", r"\leqq": "<=", r"\geq": ">=",
    r"\ge": ">=", r"\geqslant": ">=", r"\geqq": ">=", r"\neq": "!=", r"\ne": "!=", r"\lt": "<", r"\gt": ">",
    r"\equiv": "=", r"\coloneqq": ":=", r"\coloneq": ":=", r"\triangleq": ":=", r"\defeq": ":=", r"\eqdef": ":=",
    r"\eqqcolon": "=:", r"\doteq": ":=", r"\approx": "approx", r"\simeq": "approx", r"\cong": "approx",
    r"\propto": "propto", r"\sim": "sim", r"\in": "in", r"\notin": "notin", r"\to": "to", r"\rightarrow": "to",
    r"\ll": "<<", r"\gg": ">>", r"\longrightarrow": "to", r"\mapsto": "to", r"\nearrow": "to", r"\searrow": "to",
    r"\downarrow": "to", r"\uparrow": "to",
    r"\subset": "subset", r"\subseteq": "subset", r"\lesssim": "approx", r"\thicksim": "sim", r"\asymp": "approx",
}  # fmt: skip
# Between two statements: what follows is a claim of its own.
SEPARATORS: Final = frozenset({
    r"\Rightarrow", r"\implies", r"\iff", r"\Leftrightarrow", r"\Longrightarrow", r"\Longleftrightarrow",
    r"\therefore",
    r"\because", r"\impliedby", r"\Leftarrow", r"\land", r"\wedge", r"\leadsto", r"\leftrightarrow",
    r"\rightsquigarrow",
})  # fmt: skip
GREEK_ALIASES: Final = {
    "varphi": "phi", "varepsilon": "epsilon", "vartheta": "theta", "varrho": "rho", "varsigma": "sigma", "varpi": "pi",
    "varPhi": "Phi", "varTheta": "Theta",
}  # fmt: skip
FONTS: Final = {
    r"\mathbf": "bold", r"\boldsymbol": "bold", r"\bm": "bold", r"\pmb": "bold", r"\bs": "bold", r"\mathcal": "cal",
    r"\mathscr": "cal", r"\mathfrak": "cal", r"\mathrm": "roman", r"\mathit": "italic", r"\mathsf": "roman",
    r"\mathtt": "roman", r"\mathbb": "double", r"\mathbbm": "double", r"\mathds": "double",
    r"\operatorname": "roman",
    r"\mathnormal": "italic", r"\symbf": "bold", r"\vec": "bold", r"\underline": "bold", r"\mathring": "italic",
    r"\bold": "bold", r"\bb": "double", r"\textbf": "text", r"\textit": "text", r"\emph": "text",
    r"\textsf": "text",
    r"\text": "text", r"\textrm": "text", r"\textnormal": "text", r"\mbox": "text", r"\hbox": "text",
    r"\texttt": "text",
    r"\textsc": "text", r"\textup": "text", r"\intertext": "text", r"\shortintertext": "text",
}  # fmt: skip
FONT_SWITCHES: Final = {
    r"\rm": r"\mathrm", r"\bf": r"\mathbf", r"\it": r"\mathit", r"\cal": r"\mathcal", r"\sf": r"\mathsf",
    r"\tt": r"\mathtt", r"\bfseries": r"\mathbf", r"\boldmath": r"\mathbf", r"\mit": r"\mathit", r"\sl": r"\mathit",
}  # fmt: skip
ACCENTS: Final = {
    r"\hat": "hat", r"\widehat": "hat", r"\bar": "bar", r"\overline": "bar", r"\tilde": "tilde",
    r"\widetilde": "tilde", r"\dot": "dot", r"\check": "check", r"\breve": "breve", r"\widebar": "bar",
    r"\ddot": "ddot", r"\acute": "acute", r"\grave": "grave",
}  # fmt: skip

# Read as nothing: a mark on the next piece says that there was space.
SPACES: Final = frozenset({
    r"\,", r"\;", r"\:", r"\!", r"\>", "\\ ", "\\\n", "~", r"\quad", r"\qquad", r"\enspace", r"\thinspace",
    r"\space",
    r"\medspace", r"\thickspace", r"\enskip", r"\negthinspace", r"\hfill", r"\hfil", r"\/", r"\-", r"\hskip",
})  # fmt: skip
WIDE_SPACES: Final = frozenset({r"\quad", r"\qquad", r"\hfill", r"\enspace", r"\enskip"})
IGNORED: Final = frozenset({
    r"\displaystyle", r"\textstyle", r"\scriptstyle", r"\scriptscriptstyle", r"\limits", r"\nolimits", r"\nonumber",
    r"\notag", r"\IEEEnonumber", r"\IEEEyesnumber", r"\mathstrut", r"\strut", r"\allowbreak", r"\nobreak",
    r"\noindent", r"\relax", r"\null",
    r"\protect",
    r"\hline", r"\centering", r"\qed", r"\qedhere", r"\square", r"\blacksquare", r"\Box", r"\big", r"\Big",
    r"\bigg",
    r"\Bigg", r"\bigl", r"\Bigl", r"\biggl", r"\Biggl", r"\bigr", r"\Bigr", r"\biggr", r"\Biggr", r"\bigm",
    r"\Bigm",
    r"\biggm", r"\Biggm", r"\middle", r"\normalsize", r"\small", r"\large", r"\footnotesize", r"\scriptsize",
    r"\par",
    r"\MoveEqLeft", r"\break", r"\linebreak", r"\pagebreak", r"\nopagebreak", r"\mathopen", r"\mathclose",
    r"\mathinner", r"\mathord", r"\mathpunct", r"\ensuremath", r"\smash", r"\boxed", r"\fbox", r"\cancel",
    r"\bcancel",
    r"\xcancel", r"\mathop", r"\mathbin", r"\mathrel", r"\alert", r"\uncover", r"\onslide", r"\visible", r"\hl",
    r"\underbar", r"\framebox", r"\tcbhighmath", r"\Aboxed", r"\itshape", r"\upshape", r"\allowdisplaybreaks",
    r"\leavevmode",
    r"\sout", r"\st", r"\only",
})  # fmt: skip
# Around whole rows, with or without the overlay of a slide; the coloured ones have an argument before.
COLOURED: Final = frozenset({r"\textcolor", r"\colorbox"})
WRAPPERS: Final = COLOURED | {
    r"\boxed", r"\fbox", r"\framebox", r"\tcbhighmath", r"\Aboxed", r"\uncover", r"\only", r"\onslide", r"\visible",
    r"\alert", r"\ensuremath", r"\hl", r"\mathcolor",
}  # fmt: skip
# Dropped together with their argument.
DROPPED: Final = frozenset({
    r"\label", r"\tag", r"\hspace", r"\vspace", r"\color", r"\phantom", r"\hphantom", r"\vphantom", r"\eqref",
    r"\ref",
    r"\cite", r"\footnote", r"\footnotemark", r"\hypertarget", r"\rule", r"\cline",
    r"\setlength", r"\raisebox", r"\textcolor", r"\colorbox", r"\cancelto", r"\require", r"\mspace",
    r"\refstepcounter", r"\addtocounter", r"\setcounter", r"\citep", r"\citet", r"\autoref", r"\cref", r"\Cref",
})  # fmt: skip
BARS: Final = frozenset({"|", r"\mid", r"\vert", r"\given", r"\mvert", r"\lvert", r"\rvert"})
DOUBLE_BARS: Final = frozenset({r"\|", r"\Vert", r"\parallel", r"\lVert", r"\rVert", r"\shortparallel"})
DOTS: Final = frozenset({r"\ldots", r"\dots", r"\cdots", r"\dotsc", r"\dotsb", r"\hdots", r"\dotsm"})
DIFFERENTIALS: Final = frozenset({r"\d", r"\dd", r"\diff", r"\rmd", r"\mathd", r"\dif"})
# Control sequences that are signs, by name.
SIGNS: Final = {
    "cdot": "*", "times": "*", "ast": "*", "star": "star", "div": "/", "colon": ":", "infty": "oo", "setminus": "\\",
    "backslash": "\\", "forall": "forall", "top": "T", "intercal": "T", "intercals": "T", "prime": "'", "pm": "pm",
    "mp": "pm", "neg": "not", "lnot": "not", "circ": "circ", "odot": "odot", "dagger": "dagger", "emptyset": "empty",
    "slash": "/", "cup": "cup", "cap": "cap", "exists": "exists", "triangle": "triangle", "not": "not", "bullet": "dot",
    "otimes": "otimes", "oplus": "oplus", **{k[1:]: v for k, v in RELATIONS.items() if k.startswith("\\")},
}  # fmt: skip

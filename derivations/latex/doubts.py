r"""What an author may take for granted without saying it: a counterexample that it excludes refutes nothing.

Proofs never use it. A supposition narrows the counterexamples: the weights p_i sum to one. A doubt is another reading
of a step: \mu as the mean, densities of independent variables, a sum that reaches further.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from derivations.latex.facts import ARITHMETIC, POSITIVE, PROBABILITY
from derivations.latex.measures import needs_line
from derivations.latex.outcomes import OUTCOMES
from derivations.latex.scope import Scope
from derivations.latex.sets import set_name
from derivations.latex.style import GREEK
from derivations.term import App, Bind, Bound, Num, Term, Var, bind, mul, opened, substituted, subterms
from derivations.vocabulary import ARITY

# Letters that stand for probabilities, and for quantities that are positive, wherever nobody says otherwise.
_PROBABILITIES: Final = frozenset({"p", "q", "p_hat", "q_hat", "y_hat"})
_SCALES: Final = frozenset({"sigma", "lambda", "tau"})
_WEIGHTS: Final = frozenset({"p", "q", "pi", "r", "w", "alpha", "p_hat", "q_hat", "y_hat"})
_COUNTING: Final = frozenset("ijklmnst")  # letters that count, where they are indices
_MEANS: Final = frozenset({"mu", "m", "x_bar", "X_bar"})
_INDEX: Final = "index"
_LETTER: Final = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
# What is said of numbers and functions, and taken in by no reading.
_PROPERTY: Final = (
    r"(?:even|odd|prime|convex|concave|increasing|decreasing|monotone|symmetric|periodic|linear|affine|homogeneous"
    r"|bounded|continuous|analytic|harmonic|orthogonal|invertible|standardi[sz]ed|cent(?:er|re)d"
    r"|orthonormal|stochastic|idempotent|antisymmetric"
    r"|residuals?|correlations?|Rademacher|signs?|zentriert\w*|standardisiert\w*|Residuen)\b"
)
_NAMED_FUNCTION: Final = (
    r"(?:distribution function|cdfs?|c\.d\.f\.?|antiderivative|primitive|inverse function|inverse of"
    r"|Verteilungsfunktion|Stammfunktion|Umkehrfunktion|fonction de répartition|distribuční funkc\w+)"
)
_ARGUMENTS: Final = re.compile(r"(?<=[\w}])\([^)]*\)")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
_OF_LETTERS: Final = r"\$\s*([^$]*)\$"
_DESCRIBED: Final = re.compile(
    rf"{_OF_LETTERS}\s+(?:(?:be|is|are|an?|the|both|assumed|to|strictly|always|denotes?|sei(?:en)?|sind|ist|die)\s+)+{_PROPERTY}"
    rf"|{_OF_LETTERS}(?:\s*(?:,|and|und|et|a)\s*{_OF_LETTERS})?\s+(?:be|is|are|denotes?|stands?\s+for|sei(?:en)?|bezeichne\w*|značí)\s"
    rf"[^.$]{{0,60}}\b{_NAMED_FUNCTION}"
    rf"|\b{_NAMED_FUNCTION}\s+(?:\w+\s+){{0,3}}{_OF_LETTERS}"
    rf"|\b{_PROPERTY}\s+(?:(?:function|number|integer|weight|variable|proportion|coefficient|value|vector|target|data)s?\s+)?{_OF_LETTERS}",
    re.IGNORECASE,
)


_SHARE: Final = (
    r"(?:(?:normali[sz]ed|convex)\s+(?:weight|coefficient|score|probabilitie)s|mixing\s+\w+"
    r"|mixture\s+(?:weight|proportion|coefficient)s|probability\s+vector|(?:class\s+)?probabilities|responsibilities"
    r"|one-hot\s+\w+|normierten?\s+Gewichte|Mischungsgewichte)"
)
_SHARES: Final = re.compile(
    rf"{_OF_LETTERS}\s+(?:(?:be|is|are|an?|the|all|denotes?|sei(?:en)?|sind|die)\s+)+{_SHARE}|\b{_SHARE}\s+{_OF_LETTERS}",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def shares_said(text: str) -> frozenset[str]:
    r"""The letters that a document says to be weights that sum to one.

    >>> sorted(shares_said(r"Let $c_k$ be the mixing proportions and $\phi$ a number"))
    ['c', 'k']
    """
    found = [group for match in _SHARES.finditer(text) for group in match.groups() if group]
    greek = {name for letters in found for name in _COMMAND.findall(letters)} & GREEK
    return frozenset(greek.union(*map(named_in, found)))


@lru_cache(maxsize=8)
def named_in(text: str) -> frozenset[str]:
    r"""The single letters of a text: not those of words and commands.

    >>> sorted(named_in(r"the sum \sum_n x_i"))
    ['i', 'n', 'x']
    """
    return frozenset(_LETTER.findall(text))


@lru_cache(maxsize=8)
def described(text: str) -> frozenset[str]:
    """The letters of which a document says something that is not taken in: that n is even, or f convex.

    >>> sorted(described("Let $n$ be even, and $f(x)$ a convex function. For odd $m$, ..."))
    ['f', 'm', 'n']
    """
    found = [group.split("=")[0] for match in _DESCRIBED.finditer(text) for group in match.groups() if group]
    plain = [_ARGUMENTS.sub("", letters) for letters in found]
    greek = {name for letters in plain for name in _COMMAND.findall(letters)} & GREEK
    return frozenset(greek.union(*map(named_in, plain)))


def suppositions(terms: Sequence[Term], scope: Scope, text: str = "") -> tuple[Term, ...]:
    """Facts about letters that a reader would take for granted, in the chain with these sides."""
    declared = set(scope.symbols) | (set(scope.setting.parameters) if len(tuple(scope.setting.given)) else set())
    names = frozenset[str]().union(*(term.free_vars for term in terms)) - declared
    facts: list[Term] = [App("in", (Var(name), PROBABILITY)) for name in sorted(names & _PROBABILITIES)]
    facts += [App("in", (Var(name), POSITIVE)) for name in sorted(names) if _is_scale(name)]
    for head, domain in sorted(set(weights(terms, shares_said(text))), key=str):
        facts.append(App("<", (Num(0), App(head, (Var("?i"),)))))
        facts.append(bind("pmf", "i", domain, App(head, (Var("i"),))))
    facts += [App("in", (letter, App("bits"))) for letter in sorted(set(_bits(terms)), key=str)]
    return tuple(facts)


@lru_cache(maxsize=256)
def _is_index(name: str, text: str) -> bool:
    """Whether a letter is an index somewhere in a text: `x_t`, `x_{t+1}`."""
    return re.search(rf"_(?:{name}(?![A-Za-z])|\{{\s*{name}\s*[-+}},])", text) is not None


def counted(terms: Iterable[Term], text: str, heard: Container[str]) -> tuple[Term, ...]:
    r"""That letters which are indices elsewhere are natural numbers: t in \gamma_t = \frac{2}{t + 2}.

    >>> [str(fact) for fact in counted([Var("t"), Var("x")], "with $x_{t+1} = x_t$", ())]
    ['t in integers(1, oo)']
    """
    names = frozenset[str]().union(*(term.free_vars for term in terms)) & _COUNTING
    found = (name for name in sorted(names) if name not in heard and _is_index(name, text))
    return tuple(App("in", (Var(name), App("integers", (Num(1), App("oo"))))) for name in found)


def factors_taken(terms: Iterable[Term], scope: Scope) -> tuple[Term, ...]:
    """That the factors q_i(z_i) are mass functions: what holds then is conditional on it."""
    facts: list[Term] = []
    for head, arity, domain in sorted(set(_factors(list(terms), scope)), key=str):
        before = [Var(f"?i{place}") for place in range(arity - 1)]
        facts.append(App("<", (Num(0), App(head, (*before, Var("?z"))))))
        facts.append(bind("pmf", "z", domain, App(head, (*before, Var("z")))))
    return tuple(facts)


def indices_left_out(terms: Iterable[Term]) -> tuple[Term, ...]:
    """That the free index k of a sum over `j \\neq k` is one of those that the sum is over."""
    ranges = {part.arg for term in terms for part in subterms(term) if isinstance(part, Bind)}
    return tuple(
        App("in", (index, domain))
        for one in sorted(ranges, key=str)
        if isinstance(one, App) and one.head == "without" and not one.loose
        for domain, index in [one.args]
        if isinstance(index, Var) and isinstance(domain, App) and domain.head == "range"
    )


def _bits(terms: Iterable[Term]) -> Iterator[Term]:
    """The letters z in a^z (1 - a)^(1 - z): they are 0 or 1."""
    for part in (part for term in terms for part in subterms(term)):
        match part:
            case App("^", (App("-", (Num(1), _)), App("-", (Num(1), Var() as letter)))):
                yield letter


def _factors(terms: Sequence[Term], scope: Scope) -> Iterator[tuple[str, int, Term]]:
    """The factors q_i(z_i) and q_1(z_1) of distributions that no law knows, with the sets that they may be on."""
    parts = {part for term in terms for part in subterms(term)}
    sets = {part.args[0] for part in parts if isinstance(part, App) and part.head == "tuples"}
    sets |= {part.arg for part in parts if isinstance(part, Bind) and part.head == "sum" and isinstance(part.arg, Var)}
    known = {part.head for law in scope.laws for part in subterms(law.term) if isinstance(part, App)}
    for part in parts:
        if isinstance(part, App) and len(part.args) > 1 and part.head not in known:
            letter, *values = part.head.strip("_").split("_")
            one_value = len(part.args) == 2 if part.head == letter else bool(values) and len(values[0]) == 1
            if letter in scope.setting.densities and one_value and part.head[-1:] in (letter[-1:], "_"):
                yield from ((part.head, len(part.args), domain) for domain in sets)


def _is_scale(name: str) -> bool:
    return name.split("_")[0] in _SCALES and not name.endswith("_set")


def weights(terms: Iterable[Term], said: frozenset[str] = frozenset()) -> Iterator[tuple[str, Term]]:
    """The letters of probabilities whose index is summed over a range, as in p_i for i in 1..n."""
    for part in (part for term in terms if "range" in term.heads for part in subterms(term)):
        if isinstance(part, Bind) and part.head == "sum" and isinstance(part.arg, App) and part.arg.head == "range":
            inside = (one for body in opened(part, _INDEX) for one in subterms(body))
            for one in inside:
                if (
                    isinstance(one, App)
                    and one.args == (Var(_INDEX),)
                    and one.head in _WEIGHTS | said
                    and not part.arg.loose
                ):
                    yield one.head, part.arg


def random_variables(terms: Iterable[Term]) -> set[str]:
    """The random variables of some terms: capital letters, as functions of the outcome."""
    outcome = Var(OUTCOMES.name)
    return {
        one.head
        for term in terms
        for part in subterms(term)
        if isinstance(part, Bind) and part.arg == OUTCOMES.domain
        for body in opened(part, OUTCOMES.name)
        for one in subterms(body)
        if isinstance(one, App) and one.args[-1:] == (outcome,) and one.head not in _NEVER_RANDOM
    }


def of_variables(heard: Mapping[str, Sequence[Term]], terms: Iterable[Term]) -> list[Term]:
    """What was said of random variables, of their values: X > 0 holds at every outcome."""
    letters = sorted(random_variables(terms) & heard.keys())
    values = {letter: App(letter, (Var("?w"),)) for letter in letters}
    return [substituted(fact, {letter: values[letter]}) for letter in letters for fact in heard[letter]]


def excuse(left: Term, right: Term, scope: Scope, *, told: bool, moments: bool = False) -> str:
    """Why a refutation would not stand: draws X_i are independent by convention, other variables where it is `told`.

    `moments` says that something is told in words about a mean or a variance.
    """
    outcome = Var(OUTCOMES.name)
    draws = any(
        isinstance(one, App) and len(one.args) > 1 and one.args[-1] == outcome
        for term in (left, right)
        for part in subterms(term)
        if isinstance(part, Bind) and part.arg == OUTCOMES.domain
        for body in opened(part, OUTCOMES.name)
        for one in subterms(body)
    )
    heads = {"pr"} | {
        part.head for law in scope.laws for part in subterms(law.term) if isinstance(part, App) and part.args
    }
    heads -= ARITHMETIC | {"bern"}  # which names its chance
    about = [any(isinstance(part, App) and part.head in heads for part in subterms(side)) for side in (left, right)]
    if scope.setting.kind == "joint" and about[0] != about[1] and _names(right if about[0] else left):
        return "definition missing: which distribution is meant"
    if any(
        isinstance(part, App) and part.head.endswith("_optimum") for side in (left, right) for part in subterms(side)
    ):
        return "outside the fragment: an optimum, which is not looked for"
    rests = {
        one.head if isinstance(one, App) else one.name
        for term in (left, right)
        for one in subterms(term)
        if isinstance(one, Var | App) and (one.head if isinstance(one, App) else one.name).startswith("rest_")
    }
    if len(rests) > 1:
        return "outside the fragment: several scalar products, which are not independent of each other"
    if needs_line(left) or needs_line(right):
        return "ambiguous: the set that an integral is over may be the real line"
    if found := _over_other_set(left, right, scope):
        return f"definition missing: whether {found} is the set of all values"
    factors = {head for head, _, _ in _factors([left, right], scope)}
    if any(head.endswith("_") for head in (left.heads | right.heads) - factors):
        return "outside the fragment: a density of these arguments, of which only the sign is known"
    if _averaged_over(left, right, scope):
        return "ambiguous: a divergence or an entropy of conditional distributions may be meant as its average"
    draws_values = any(name.endswith("_values") for name in left.free_vars | right.free_vars)  # of a law of any kind
    if moments and (draws_values or random_variables([left, right])):
        return "outside the fragment: it may rest on what is said of a mean, which is not taken in"
    if bare := _with_and_without(left, right, scope):
        return f"ambiguous: {bare} stands without arguments, and may be a number"
    defined = [(name.split("_")[0], one) for name, one in scope.definitions.items() if one.parameters]
    forms = {stem for stem, one in defined if stem not in one.body.heads}  # in q = prod_i q_i, q_i is meant
    formed = forms & set(scope.setting.densities)
    if formed & (left.heads | right.heads):  # read before its form was told, as in the definition of another name
        return "definition missing: the form of a distribution is not taken in"
    if primed := sorted(name for name in random_variables([left, right]) if name.endswith("'")):
        return f"ambiguous: {primed[0]} may be a derivative"
    if draws or (told and len(random_variables([left, right])) > 1):
        return "outside the fragment: it may rest on independence, which is not taken in"
    return ""


def _over_other_set(left: Term, right: Term, scope: Scope) -> str:
    """The set below a sum of a distribution, where it has a name of its own; empty where there is none."""
    heads = {law.term.head for law in scope.laws if isinstance(law.term, App)}
    known = {law.domain for law in scope.laws}
    for part in (part for side in (left, right) for part in subterms(side)):
        if isinstance(part, Bind) and part.head == "sum" and isinstance(part.arg, Var) and part.arg not in known:
            inside = [one for body in opened(part, _INDEX) for one in subterms(body)]
            taken = any(isinstance(one, App) and one.head in heads and Var(_INDEX) in one.args for one in inside)
            if taken and part.arg.name != set_name(part.hint):
                return part.arg.name
    return ""


def of_two_settings(left: Term, right: Term, scope: Scope) -> str:
    """Why a refutation would not stand: a definition that was read with other distributions than the step."""
    if scope.setting.kind == "joint":
        return ""
    parts = {part for side in (left, right) for part in subterms(side) if isinstance(part, App)}
    laws = {part for law in scope.laws for part in subterms(law.term) if isinstance(part, App)}
    arities = {part.head: len(part.args) for part in laws}
    for part in sorted(parts, key=str):
        stem, _, below = part.head.partition("_")
        other = part.head in arities and len(part.args) != arities[part.head]
        if other or (below and part.args and stem in ("p", "q") and part.head not in arities):
            return f"ambiguous: {part.head} may be another distribution than that of the task"
    return ""


def said_of_function(left: Term, right: Term, scope: Scope, said: Container[str]) -> str:
    """Why a refutation would not stand: something is said of a letter that was read as a function where it is alone."""
    heads = sorted((left.heads | right.heads) & scope.bare)
    found = next((name for name in heads if name in said), "")
    return f"outside the fragment: what is said of {found}" if found else ""


def _with_and_without(left: Term, right: Term, scope: Scope) -> str:
    """A letter that was read as a function where it stands alone, and has a bracket or a prime here as well."""
    if not scope.bare:
        return ""
    usual = Var(scope.setting.gradient)
    parts = [*subterms(left), *subterms(right)]
    slopes = all(part.arg == usual for part in parts if isinstance(part, Bind) and part.head == "d")
    for part in parts:
        name = part.head.rstrip("'") if isinstance(part, App) else ""
        if isinstance(part, App) and name in scope.bare:
            place = part.args == (usual,) or (slopes and part.args == (Bound(0),))
            if name != part.head or not place:
                return name
    return ""


def unmatched(scope: Scope) -> str:
    """Why a refutation would not stand: random variables X beside densities at other letters, as in H(X) and p(k)."""
    values = set(scope.random.values())
    letters = sorted(capital for capital, small in scope.random.items() if small not in scope.variables)
    return f"definition missing: which values {letters[0]} takes" if letters and scope.variables - values else ""


_NEVER_RANDOM: Final = frozenset({"pr", *ARITY})
_COUNTS: Final = frozenset({"n", "N"})


def unnamed_mean(left: Term, right: Term) -> str:
    r"""Why a refutation would not stand: \bar x was read as a letter, and there are values x_1, x_2.

    >>> unnamed_mean(Var("x_bar"), Var("x_1")), unnamed_mean(Var("x_bar"), Var("y"))
    ('ambiguous: x_bar may be the mean of values of x', '')
    """
    names, called = left.free_vars | right.free_vars, left.heads | right.heads
    for name in sorted(names):
        stem, _, mark = name.rpartition("_")
        others = {other.split("_")[0] for other in names if other != name} | called
        if mark == "bar" and stem in others:
            return f"ambiguous: {name} may be the mean of values of {stem}"
    return ""


def unnamed_end(left: Term, right: Term, named: Container[str]) -> str:
    r"""Why a refutation would not stand: n is the end that we gave to \sum_i on one side, and the author names none.

    >>> from derivations.notation import read
    >>> unnamed_end(read("sum[i in range(1, n)](1)"), read("K"), {"i", "K"})
    'definition missing: what the sum from 1 to n runs over'
    >>> unnamed_end(read("sum[i in range(1, n)](1)"), read("n"), {"i", "n"})
    ''
    """
    ours = sorted(name for name in (left.free_vars ^ right.free_vars) & _COUNTS if name not in named)
    return f"definition missing: what the sum from 1 to {ours[0]} runs over" if ours else ""


def _averaged_over(left: Term, right: Term, scope: Scope) -> bool:
    """Whether a condition is free in a divergence or an entropy on one side, and not met on the other."""
    conditions = {name for law in scope.laws for name in law.conditions}
    alone = (left.free_vars ^ right.free_vars) & conditions
    return any(
        isinstance(part, Bind) and part.head in ("KL", "H", "CE") and bool(part.free_vars & alone)
        for side in (left, right)
        for part in subterms(side)
    )


def _names(term: Term) -> bool:
    """Whether a term has letters, which may be parameters of a distribution, or is a value that few distributions have.

    That a sum is 1 or a mean 0 is said of any distribution; that an entropy is log 2, of one.
    """
    return bool(term.free_vars) or not term.heads <= _WHOLE_NUMBERS


_WHOLE_NUMBERS: Final = frozenset({"neg", "+", "-", "*"})
_WORDS_FOR_MEAN: Final = (
    r"(?:means?|expectations?|expected values?|averages?|Erwartungswerte?|Mittelwerte?|střední\w* hodnot\w*|průměr\w*"
    r"|moyennes?|espérances?)"
)
_SAID_MEAN: Final = re.compile(
    rf"\$([^$]{{1,40}})\$,?(?:\s+\w+){{0,2}}?\s+{_WORDS_FOR_MEAN}\b|\b{_WORDS_FOR_MEAN}\s+(?:of\s+\$[^$]*\$\s+(?:is|be)\s+)?\$([^$]{{1,40}})\$",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def means_said(text: str) -> frozenset[str]:
    r"""The single letters that a document calls a mean.

    >>> sorted(means_said(r"with $\hat y = m$ the mean of $Y$, and a variable with mean $c$"))
    ['c', 'm', 'y']
    """
    found = (group for match in _SAID_MEAN.finditer(text) for group in match.groups() if group)
    return frozenset(name for letters in found for name in named_in(letters))


def _may_be_mean(name: str, said: Container[str]) -> bool:
    return name.split("_")[0] in _MEANS or name in _MEANS or name in said


def _is_settled(name: str, scope: Scope) -> bool:
    """Whether a letter is known to be something else; a profile's number m may still be the mean."""
    number = name not in scope.profile.symbols or name == scope.setting.sample
    return scope.is_symbol(name) and (number or name in scope.bound or name in scope.numbers)


def _taken_from_variables(terms: Iterable[Term]) -> set[str]:
    """The letters that random variables are compared with, as c in (X - c)^2."""
    found: set[str] = set()
    for part in (part for term in terms for part in subterms(term)):
        if isinstance(part, Bind) and part.arg == OUTCOMES.domain:
            if part.head == "E" and isinstance(part.bodies[-1], App) and part.bodies[-1].args == (Bound(0),):
                return set()  # the mean E[X] has a name already
            for inner in (one for body in opened(part, OUTCOMES.name) for one in subterms(body)):
                match inner:
                    case App("-", (App(_, (*_, Var(outcome))), Var(name))) if outcome == OUTCOMES.name:
                        found.add(name)
    return found


def with_means(left: Term, right: Term, scope: Scope, text: str = "") -> list[tuple[Term, Term]]:
    r"""The readings of a step with \mu as the mean of a random variable, or of the variable of a distribution."""
    free = left.free_vars | right.free_vars
    said = means_said(text)
    from_it = _taken_from_variables([left, right])  # c in E[(X - c)^2]
    usual = {name for name in free if _may_be_mean(name, said) and not _is_settled(name, scope)}
    letters = sorted(usual | (from_it & free - scope.bound.keys()))
    if not letters:
        return []
    means = [
        bind("E", OUTCOMES.name, OUTCOMES.domain, OUTCOMES.pmf, App(head, (Var(OUTCOMES.name),)))
        for head in sorted(random_variables([left, right]))
    ]
    means += [
        bind("sum", law.values[0], law.domain, mul(Var(law.values[0]), law.term))
        for law in scope.laws
        if law.domain is not None and len(law.values) == 1 and not law.conditions
    ]
    return [
        (substituted(left, {name: mean}), substituted(right, {name: mean})) for name in letters for mean in means[:2]
    ]

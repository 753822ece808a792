"""KL and H with the distributions that they compare, in any spelling."""

from __future__ import annotations

from derivations.given import subjects
from derivations.latex.gaussians import is_normal
from derivations.latex.laws import BITS, LawOf, listed
from derivations.latex.letters import Cursor
from derivations.latex.moments import Moments, called_one_by_one
from derivations.latex.nodes import Node, Nodes
from derivations.latex.profile import split_call
from derivations.term import App, Bind, Num, Term, Var, bind, div, mul, neg


class Divergences(Moments):
    """Reads divergences and entropies."""

    def divergence(self, node: Node, cursor: Cursor) -> Term:
        """KL(q || p) in any spelling."""
        group = cursor.peek()
        if group is None or group.kind != "group":
            return self.usual_divergence(node)
        cursor.next()
        first, second = self.two_sides(group)
        with_domain = self.explicit(node, first, second)
        if with_domain is not None:
            return Bind("KL", *with_domain)
        if self.names_several(first):
            return self.scripted_group(self.divergence_of_joints(first, second, group), group)
        q, p = self.law_or_parameter(first), self.law_or_parameter(second)
        return self.of_two("KL", q, p, group)

    def names_several(self, nodes: Nodes) -> bool:
        """Whether a distribution is one of several variables, as `p(x, y)` and `p(x) p(y)` are."""
        calls = [call for call in called_one_by_one(nodes) if not is_normal(call[0], plain=True)]
        names = [name for call in calls for name in split_call(call[1].parts[0])[0]]
        return len(names) > 1 and self.scope.setting.kind == "joint"

    def divergence_of_joints(self, first: Nodes, second: Nodes, node: Node) -> Term:
        """The divergence of two distributions of several variables, written out."""
        names = [self.letter(part) for call in called_one_by_one(first) for part in split_call(call[1].parts[0])[0]]
        if not all(name.isidentifier() for name in names) or len(set(names)) != len(names):
            raise self.fail(node, "a distribution that the given knows")
        top, bottom = self.expression(first), self.expression(second)
        domains = [self.default_domain(name, node) for name in names]
        laws = [
            LawOf(name, self.scope.continuous.get(name, domain), Num(1))
            for name, domain in zip(names, domains, strict=True)
        ]
        return self.nested(laws, mul(top, App("log", (div(top, bottom),))))

    def usual_divergence(self, node: Node) -> Term:
        """KL without brackets: of q and the prior p on the same set."""
        found = [law for name in ("q", "p") for law in self.scope.laws_of(name) if law.domain is not None]
        if len(found) < 2 or len(found[0].values) != 1 or len(found[1].values) != 1:
            raise self.fail(node, "brackets behind KL")
        self.note("KL is read as that of q and p")
        q, p = (LawOf(law.values[0], law.domain or BITS, law.term) for law in found[:2])
        return self.of_two("KL", q, p, Node("group", "(", node.start, node.end, (Nodes(),)))

    def of_two(self, head: str, q: LawOf, p: LawOf, group: Node) -> Term:
        """A divergence or a cross entropy of two distributions on one set."""
        p = p.renamed(q.name)
        if self.same(q.domain) != self.same(p.domain):
            raise self.fail(group, f"two distributions on one set, not on {q.domain} and on {p.domain}")
        return self.scripted_group(self.moment_term(head, q.name, q.domain, q.pmf, p.pmf), group)

    def explicit(self, node: Node, *sides: Nodes) -> tuple[str, Term, list[Term]] | None:
        r"""`\operatorname{KL}_{z \in D}(f(z) \| g(z))`."""
        if node.sub is None or not any(one.kind == "sign" and one.value == "in" for one in node.sub):
            return None
        binder = self.binders(node)[0]
        with self.scope.binding(binder.name, binder.domain):
            bodies = [self.expression(side) for side in sides]
        closed = bind("CE" if len(bodies) == 2 else "H", binder.name, binder.domain, *bodies)
        return binder.name, closed.arg, list(closed.bodies)

    def two_sides(self, group: Node) -> tuple[Nodes, Nodes]:
        """The two distributions between the brackets of KL."""
        inside = group.parts[0]
        for place, one in enumerate(inside):
            if one.kind != "sign":
                continue
            doubled = one.value == "|" and place + 1 < len(inside) and inside[place + 1].value == "|"
            if one.value == "||" or doubled:
                return Nodes(inside[:place]), Nodes(inside[place + 1 + doubled :])
        for separator in (":", ",", ";", "|"):
            for place, one in enumerate(inside):
                if one.kind == "sign" and one.value == separator:
                    return Nodes(inside[:place]), Nodes(inside[place + 1 :])
        raise self.fail(group, "two distributions, separated by ||")

    def law_or_parameter(self, nodes: Nodes) -> LawOf:
        """A distribution, or the Bernoulli distribution of a number."""
        found = self.law_of_weights(nodes) or self.law_of(nodes)
        if found is not None:
            return found
        if not nodes:
            raise self.fail(None, "a distribution")
        unknown = nodes[0].kind == "symbol" and self.stem(nodes[0]) in ("q", "p") and not self.scope.symbols
        if (self.scope.setting.kind == "bernoulli pair" or self.scope.setting.sample) and not unknown:
            term = self.expression(nodes)
            if not term.free_vars <= {*self.scope.symbols, *self.scope.setting.parameters, *self.scope.bound}:
                raise self.fail(nodes[0], "a distribution that the given knows")
            return LawOf("z", BITS, App("bern", (term, Var("z"))))
        raise self.fail(nodes[0], "a distribution that the given knows")

    def law_of_weights(self, nodes: Nodes) -> LawOf | None:
        """The distribution on 1..K whose probabilities p_k the chain writes, where p is named without a variable."""
        first = nodes[0] if len(nodes) == 1 else None
        if first is None or first.kind != "symbol" or first.sub is not None:
            return None
        name = self.stem(first)
        if name not in self.scope.uncalled or name not in self.scope.data:
            return None
        domain, weight = self.range(Num(1), self.scope.data[name]), App(name, (Var("k"),))
        own = [fact for fact in self.scope.facts if name not in subjects(fact)]
        self.scope.facts = [*own, App("<", (Num(0), App(name, (Var("?k"),)))), bind("pmf", "k", domain, weight)]
        return LawOf("k", domain, weight)

    def entropy(self, node: Node, cursor: Cursor) -> Term:
        """H(q), and the cross entropy H(q, p)."""
        group = cursor.next()
        if group is None or group.kind != "group":
            raise self.fail(group or node, "brackets behind H")
        if self.scope.random and node.value == "H" and node.sub is None and self.speaks_of_random(group):
            return self.scripted_group(self.random_information("H", group), group)
        if node.sub and node.value == "H" and (law := self.law_named(node.sub)) is not None:
            return self.scripted_group(self.moment_term("H", law.name, law.domain, law.pmf), group)
        parts = listed(group.parts[0])
        with_domain = self.explicit(node, *parts)
        if with_domain is not None:
            name, domain, bodies = with_domain
            return Bind("H" if len(bodies) == 1 else "CE", name, domain, bodies)
        if any(one.kind == "sign" and one.value in ("|", "||") for one in group.parts[0]) and len(parts) > 1:
            raise self.fail(group, "an entropy of one or two distributions")
        calls = called_one_by_one(parts[0]) if len(parts) == 1 else []
        if len(calls) == 1 and (several := self.of_joint(calls[0], Nodes())) is not None:
            return self.scripted_group(neg(self.nested(several, App("log", (several[-1].pmf,)))), group)
        laws = [self.law_or_parameter(part) for part in parts]
        if len(laws) == 1:
            return self.scripted_group(self.moment_term("H", laws[0].name, laws[0].domain, laws[0].pmf), group)
        if len(laws) != 2:
            raise self.fail(group, "an entropy of one or two distributions")
        return self.of_two("CE", laws[0], laws[1], group)

    def speaks_of_random(self, group: Node) -> bool:
        """Whether an entropy is one of random variables, not of a distribution by its name."""
        first = group.parts[0][0] if group.parts[0] else None
        return first is not None and first.kind == "symbol" and self.random_letter(first) is not None

"""A campaign against crashes and hangs: mutated documents and token soup, each checked whole.

    python tests/fuzz.py --seconds 600 --seed 1

Every input must give a report within the limits of time and memory; prints how many were tried and what broke, and
exits with 1 if anything did. The inputs are the submissions of the tests, mutated in their bytes and in their tokens,
and random rows of LaTeX tokens.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from derivations.checker import check
from derivations.output.plain import plain
from derivations.report import Report

TESTS = Path(__file__).parent
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\$\$?|[A-Za-z]+|\d+|\s+|.", re.DOTALL)
EXTRA = [
    "\\", "{", "}", "$", "$$", "\\[", "\\]", "&", "\\\\", "_", "^", "=", "|", "\\left(", "\\right)", "\\sum", "\\nabla", "\\log",
    "\\frac", "\\begin{align}", "\\end{align}", "\\begin{cases}", "\\newcommand", "#1", "\\def", "%", "\n\n", "\\over", "\\mathbb{E}",
    "\\text{", "'", "\x00", "\ufeff", "\u2207", "1", "0", "\\infty", "\\lim", "d", "/", "!", "\\binom", "\\prod", "\\underbrace",
    "\\int", "999999999", "\\ldots", ",", "\\sqrt", "\\hat",
]  # fmt: skip
LONGEST = 8_000
SECONDS_FOR_A_STEP = 1.0
SECONDS_FOR_ALL = 10.0
SLACK = 20.0  # what reading, naming mistakes and one uninterruptible computation may take besides


def corpus() -> list[str]:
    """The documents of the tests."""
    files = [*sorted((TESTS / "submissions").glob("*.tex")), *sorted((TESTS / "latex" / "corpus").glob("*.txt"))]
    return [path.read_text("utf-8", "replace")[:20_000] for path in files]


def bytes_mutated(source: random.Random, text: str) -> bytes:
    """Some bytes changed, doubled or dropped."""
    data = bytearray(text.encode()[:LONGEST])
    for _ in range(source.randint(1, 20)):
        place = source.randrange(len(data) + 1)
        match source.randrange(4):
            case 0:
                data[place : place + 1] = bytes([source.randrange(256)])
            case 1:
                del data[place : place + source.randint(1, 30)]
            case 2:
                data[place:place] = data[place : place + source.randint(1, 200)] * source.randint(1, 5)
            case _:
                data[place:place] = source.randbytes(source.randint(1, 5))
    return bytes(data[: 2 * LONGEST])


def tokens_mutated(source: random.Random, text: str, other: str) -> bytes:
    """Some tokens dropped, doubled, exchanged, or taken from another document."""
    tokens = TOKEN.findall(text[:LONGEST])
    others = TOKEN.findall(other[:LONGEST]) or EXTRA
    for _ in range(source.randint(1, 25)):
        place = source.randrange(len(tokens) + 1)
        match source.randrange(5):
            case 0:
                del tokens[place : place + source.randint(1, 4)]
            case 1:
                tokens.insert(place, source.choice(EXTRA))
            case 2:
                start = source.randrange(len(others))
                tokens[place:place] = others[start : start + source.randint(1, 40)]
            case 3 if tokens:
                tokens[min(place, len(tokens) - 1)] = source.choice(EXTRA)
            case _:
                tokens[place:place] = tokens[place : place + source.randint(1, 10)] * source.randint(1, 8)
    return "".join(tokens)[: 2 * LONGEST].encode("utf-8", "surrogatepass")


def soup(source: random.Random, texts: list[str]) -> bytes:
    """A row of random tokens inside a display."""
    words = TOKEN.findall(source.choice(texts)[:LONGEST]) + EXTRA * 5
    row = "".join(source.choice(words) for _ in range(source.randint(1, 120)))
    return (
        source.choice(["$$%s$$", "\\begin{align}%s\\end{align}", "%s", "3b) $%s$"])
        .replace("%s", row)
        .encode("utf-8", "replace")
    )


def made(source: random.Random, texts: list[str]) -> bytes:
    """One input."""
    kind = source.randrange(3)
    if kind == 0:
        return bytes_mutated(source, source.choice(texts))
    if kind == 1:
        return tokens_mutated(source, source.choice(texts), source.choice(texts))
    return soup(source, texts)


def main() -> int:
    """Run the campaign."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, help="a folder for the inputs that broke something")
    chosen = options.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, resource.getrlimit(resource.RLIMIT_AS)[1]))
    texts, source = corpus(), random.Random(chosen.seed)  # noqa: S311  seeded so that a finding can be repeated
    end, tried, slowest, broken, kinds = time.monotonic() + chosen.seconds, 0, 0.0, 0, Counter[str]()
    while time.monotonic() < end:
        data = made(source, texts)
        start = time.process_time()
        said = ""
        try:
            report = check(data, timeout=SECONDS_FOR_A_STEP, limit=SECONDS_FOR_ALL)
            assert isinstance(report, Report)
            assert len(report.steps) == sum(report.summary.values())
            plain(report, data, report.document.style)
            kinds.update(step.verdict.kind for step in report.steps)
        except Exception:
            said = traceback.format_exc()
        taken = time.process_time() - start
        slowest, tried = max(slowest, taken), tried + 1
        if taken > SECONDS_FOR_ALL + SLACK:
            said = f"{taken:.1f} s"
        if said:
            broken += 1
            sys.stdout.write(f"input {tried} of seed {chosen.seed}: {said}\n")
            sys.stdout.flush()
            if chosen.keep is not None:
                chosen.keep.mkdir(parents=True, exist_ok=True)
                (chosen.keep / f"{chosen.seed}-{tried}.tex").write_bytes(data)
    sys.stdout.write(
        f"{tried} inputs, seed {chosen.seed}: {broken} broke something; slowest {slowest:.1f} s; {dict(kinds)}\n"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

"""``python -m tests.variations``: write texts, break them, and see what calcverify makes of them.

python -m tests.variations --per-style 20 --seed 7            the table
python -m tests.variations --per-style 20 --list silent weak  and the texts behind it
python -m tests.variations --only share_ --list               one family, every defect
python -m tests.variations show --per-style 2                 the texts, without checking them
python -m tests.variations selfcheck --per-style 20           the generator against itself
python -m tests.variations numbers --count 100000             numbers in every written form
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .faults import faults
from .selfcheck import case_problems, fault_problems
from .styles import STYLES, cases


def show(args: argparse.Namespace) -> int:
    """Prints the made-up texts with their truth, and a fault of each."""
    for case in cases(args.per_style, args.seed, args.only):
        print(f"[{case.style}] {case.basis!r} | {case.total} | {case.status}")
        for claim in case.claims:
            print(f"    {claim.kind} {claim.computed} stated {claim.stated} {claim.unit} {claim.verdict}")
        for fault in faults(case, args.faults, args.seed):
            print(f"  {fault.name} ({fault.note}) becomes {fault.becomes}: {fault.basis!r} | {fault.total}")
    return 0


def selfcheck(args: argparse.Namespace) -> int:
    """Recomputes every truth from the text and prints what disagrees."""
    problems = 0
    made = cases(args.per_style, args.seed, args.only)
    broken = [fault for case in made for fault in faults(case, args.faults, args.seed)]
    for problem in (p for case in made for p in case_problems(case)):
        problems += 1
        print(problem)
    for problem in (p for fault in broken for p in fault_problems(fault)):
        problems += 1
        print(problem)
    print(f"{len(STYLES)} styles, {len(made)} texts, {len(broken)} faults, {problems} problems")
    return int(problems > 0)


def measured(args: argparse.Namespace) -> int:
    """Checks the texts with calcverify and prints the table."""
    from .score import measure
    from .table import shown, table

    score = measure(cases(args.per_style, args.seed, args.only), args.faults, args.seed)
    if args.list is not None:
        print(shown(score.survivors, args.list, args.most), end="\n\n")
    print(table(score))
    return 0


def numbers(args: argparse.Namespace) -> int:
    """Reads made-up numbers with calcverify and prints how many came out wrong or were refused."""
    from .numbers import measure, report

    print(report(measure(args.count, args.seed), args.most))
    return 0


def main(argv: Sequence[str]) -> int:
    """Runs one of the commands."""
    parser = argparse.ArgumentParser(prog="python -m tests.variations", description=__doc__.split("\n")[0])
    commands = {"check": measured, "show": show, "selfcheck": selfcheck, "numbers": numbers}
    parser.add_argument("command", nargs="?", choices=sorted(commands), default="check")
    parser.add_argument("--per-style", type=int, default=20, help="consistent texts of each style")
    parser.add_argument("--faults", type=int, default=3, help="faults in each text")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="styles whose name holds this")
    parser.add_argument("--list", nargs="*", metavar="DEFECT", help="also the texts behind the defects")
    parser.add_argument("--most", type=int, default=3, help="texts listed of each style and defect")
    parser.add_argument("--count", type=int, default=100_000, help="how many numbers")
    args = parser.parse_args(argv)
    return commands[args.command](args)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

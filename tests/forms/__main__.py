"""``python -m tests.forms``: make whole forms, break them, and see which rule speaks.

python -m tests.forms --count 5000                     the tables
python -m tests.forms --count 800 --list               and one line for each defect
python -m tests.forms --count 800 --list flagged --whole     the forms behind one outcome
python -m tests.forms --fault capitals --per-form 1    one kind of fault
python -m tests.forms show --count 16                  the forms, without checking them
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .facts import draw_facts
from .score import measure
from .table import shown, table
from .templates import TEMPLATES, make, render


def show(args: argparse.Namespace) -> int:
    """Prints the forms."""
    templates = [t for t in TEMPLATES if args.only in t.name]
    for number in range(args.count):
        facts = draw_facts(templates[number % len(templates)].name, number // len(templates), args.seed)
        print(render(make(facts)))
    return 0


def measured(args: argparse.Namespace) -> int:
    """Checks forms and faults and prints the tables."""
    score = measure(args.count, args.per_form, args.seed, args.only, args.fault)
    if args.list is not None:
        print(shown(score.examples, args.list, args.most, args.whole), end="\n\n")
    print(table(score))
    return 0


def main(argv: Sequence[str]) -> int:
    """Runs one of the commands."""
    parser = argparse.ArgumentParser(prog="python -m tests.forms", description=__doc__.split("\n")[0])
    commands = {"check": measured, "show": show}
    parser.add_argument("command", nargs="?", choices=sorted(commands), default="check")
    parser.add_argument("--count", type=int, default=800, help="clean forms over all templates")
    parser.add_argument("--per-form", type=int, default=3, help="faults in each form")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="templates whose name holds this")
    parser.add_argument("--fault", default="", help="faults whose name holds this")
    parser.add_argument("--list", nargs="*", metavar="WORD", help="also a line for each defect, of these rows")
    parser.add_argument("--most", type=int, default=1, help="defects listed of each row")
    parser.add_argument("--whole", action="store_true", help="list the whole form with each defect")
    args = parser.parse_args(argv)
    return commands[args.command](args)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How a command is added to the command line, and how one that cannot be is refused."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

from dashboard.command_line.error import CommandError
from dashboard.quantities import Quantity, read_in
from dashboard.tables.read import load_tables
from dashboard.words import command_line as said
from dashboard.words import quantities


class Parser(argparse.ArgumentParser):
    """Errors as one sentence, not a page of usage."""

    def error(self, message: str) -> Any:
        """Raises what argparse found as :class:`CommandError`."""
        raise CommandError(said.not_a_command(message, self.prog))


def add(
    commands: Any, name: str, run: Callable[[argparse.Namespace], None], about: str, *, json_answer: bool = True
) -> argparse.ArgumentParser:
    """Adds a command that calls ``run``; ``about`` is what its help says, ``json_answer`` whether it has ``--json``."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    if json_answer:
        parser.add_argument("--json", action="store_true", help=said.JSON_HELP)
    return parser


def group(commands: Any, name: str, about: str, metavar: str) -> Any:
    """Adds a command that has commands of its own, such as ``foods search``; those are added to what it returns."""
    return commands.add_parser(name, help=about).add_subparsers(required=True, metavar=metavar)


def check_known(words: Iterable[str], known: Iterable[str], unknown: str) -> None:
    """Raises :class:`CommandError` with the sentence ``unknown`` when a word is none of those known."""
    for word in words:
        if word not in known:
            raise CommandError(unknown.format(word=word, known=", ".join(known)))


def number(unit: str = "") -> Callable[[str], float]:
    """The type of an argument that is a number as people write it, "0,38" or "0.38 µg"; what can be read in two ways is refused."""

    def read(text: str) -> float:
        found = read_in(text, load_tables().units, unit, several=False)
        if not isinstance(found, Quantity):
            raise argparse.ArgumentTypeError(quantities.why_not(found).removesuffix("."))
        return found.value

    return read


def whole_years(text: str) -> int:
    """The type of an argument that counts full years, as people write it: "34", "18 months"."""
    found = read_in(text, load_tables().units, "years", whole=True)
    if not isinstance(found, Quantity):
        raise argparse.ArgumentTypeError(quantities.why_not(found).removesuffix("."))
    return int(found.value)

"""The command line: the same code as the pages, for batches, scripts and checking.

Text by default, ``--json`` for machines. Errors go to stderr as one sentence, with exit status 2.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Final

from dashboard.command_line import batch, dose_and_reference, estimate, foods, plans, record, report, usda, validate
from dashboard.command_line.error import CommandError
from dashboard.command_line.parser import Parser
from dashboard.plan import PlanError
from dashboard.tables.fault import TableError
from dashboard.tables.manifest import check
from dashboard.words import command_line as said
from dashboard.words import data_faults, plan_faults

#: What a shell answers for a program that was stopped with Ctrl-C.
INTERRUPTED: Final = 130


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    root = Parser(prog="python -m dashboard", description=said.ABOUT)
    commands = root.add_subparsers(required=True, metavar="COMMAND")
    plans.add_plan_command(commands)
    estimate.add_commands(commands)
    dose_and_reference.add_commands(commands)
    foods.add_commands(commands)
    usda.add_commands(commands)
    record.add_command(commands)
    validate.add_command(commands)
    report.add_command(commands)
    batch.add_command(commands)
    plans.add_link_command(commands)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when it worked, 2 with a sentence on stderr when not."""
    try:
        args = parser().parse_args(arguments)
        check()
        args.run(args)
    except TableError as error:
        return _refused(data_faults.sentence(error))
    except PlanError as error:
        return _refused(plan_faults.sentence(error))
    except CommandError as error:
        return _refused(str(error))
    except BrokenPipeError:
        sys.stderr.close()
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())

"""What ends a command with exit status 2."""

from __future__ import annotations


class CommandError(Exception):
    """Something the user can mend; its message is a sentence of dashboard/words, printed on stderr."""

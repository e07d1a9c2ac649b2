"""What could not be read in a food record: a code and its values. The sentence for a reader stands in words/food_record.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that was not read, or was read in a way the reader should know.

    ``line`` counts the file's lines from 1 (0: the whole file), ``column`` is the heading as the file has it, ``read`` what
    stood there. ``file`` is the file's name where several were opened together, else empty. ``values`` are what else the
    sentence of the code names.
    """

    code: str
    line: int = 0
    column: str = ""
    read: str = ""
    file: str = ""
    values: tuple[tuple[str, str], ...] = ()


class RecordError(Exception):
    """The file as a whole is no record; carries the fault that says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def fault(code: str, line: int = 0, column: str = "", read: str = "", *, file: str = "", **values: object) -> Fault:
    """A fault with named values."""
    return Fault(code, line, column, read, file, tuple((name, str(value)) for name, value in values.items()))

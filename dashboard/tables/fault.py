"""What is wrong with a table or a data file: a code and its values. The sentence for a reader stands in words/faults.py."""

from __future__ import annotations


class TableError(ValueError):
    """A data file does not say what it should.

    Attributes
    ----------
    code
        Which fault; a key of ``dashboard.words.faults``.
    values
        What the sentence of that code names: file, row, figure.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code}: {', '.join(f'{name}={value!r}' for name, value in values.items())}")

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.code, self.values)


def _again(kind: type[TableError], code: str, values: dict[str, object]) -> TableError:
    return kind(code, **values)

"""What every row that rests on a source has: which source, the place in it, and how well it was seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a row comes from.

    source_id
        As the table has it: several sources are separated by spaces.
    locator
        The place in the source; for several sources in the same order, separated by semicolons.
    mark
        How well it was seen (data/README.md).
    """

    source_id: str
    locator: str
    mark: str

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The row's sources, one by one."""
        return tuple(self.source_id.split())

    @property
    def provisional(self) -> bool:
        """Whether the row is still to be checked and has to be shown as such."""
        return self.mark == "unsure"

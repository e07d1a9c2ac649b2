"""Amounts as people write them: a number, a question or a refusal, and never another number.

The ways in, from the plainest to the one that knows a food:

- :func:`reading.read`: any text -> :class:`Quantity` (3 x 25 g, 1 1/2 cups, <0,5), :class:`Question` or :class:`Refusal`;
- :func:`reading.read_in`: a field of one unit (µg, pmol/L) and its limits -> the same, with ``value`` in that unit;
- :func:`portions.read_grams`: an amount of a food (2 eggs, 1 cup, 250 ml) -> the same, with ``value`` in grams.

How it is said to a reader (the sentence of a refusal, the choices of a question, what was understood) stands in
``dashboard.words.quantities``.
"""

from dashboard.quantities.reading import Quantity, Question, Refusal, read, read_in

__all__ = ["Quantity", "Question", "Refusal", "read", "read_in"]

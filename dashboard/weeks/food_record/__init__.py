"""Food records kept elsewhere become plans: CSV in several languages, Excel, Cronometer, ASA24 and NDSR files.

The way through the room: :mod:`sheet` cuts bytes into lines, :mod:`headings` finds the columns, :mod:`days` and
:mod:`meals` read when, :mod:`lines` what and how much, :mod:`settle` takes the reader's answers, :mod:`days_of_plan`
makes the plan. What could not be read is a :class:`faults.Fault`; its sentence stands in words/food_record.py.

A line is taken over only when food, amount, day and meal are beyond doubt. Every other line is open: it is listed,
asked, and counted as left out until it is answered. Nothing is guessed.
"""

from dashboard.ui import shell

shell.require_entry()

import streamlit as st  # noqa: E402

from dashboard.pictures import charts  # noqa: E402
from dashboard.ui import colours, headline, show, state, tables_shown, where_from  # noqa: E402
from dashboard.ui.as_text import as_text  # noqa: E402
from dashboard.words import shortfall as words  # noqa: E402

st.header(words.SHORTFALL_TITLE, anchor=False)
advice = headline.show(next_step=True)
a = advice.assessment
where_from.of_plan(advice)
tint, before = colours.current(), state.baseline()
st.write(words.shortfall(advice))

st.subheader("Which days fall short?", anchor=False)
show.chart(charts.by_day(a, tint, before), words.alt_days(a), tables_shown.days(a, before))
st.subheader("How much of each meal gets through?", anchor=False)
st.write(words.uptake(a))
show.chart(charts.by_meal(a, tint), words.alt_meals(a), tables_shown.meals(a))
st.subheader("Which foods bring it?", anchor=False)
st.write(as_text(words.foods(a)))
if any(f.total_ug for f in a.foods):
    show.chart(charts.by_food(a, tint), words.alt_foods(a), tables_shown.foods(a))
    where_from.of_foods(a)
headline.flags(advice)
show.cited(a.source_ids)

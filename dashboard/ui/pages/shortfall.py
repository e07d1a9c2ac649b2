from dashboard.ui import headline, shortfall_view, show, where_from
from dashboard.words import shortfall as words

advice = headline.quiet(words.SHORTFALL_TITLE)
where_from.of_plan(advice)
shortfall_view.page(advice)
headline.flags(advice)
show.cited(advice.assessment.source_ids)

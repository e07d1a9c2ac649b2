from dashboard.ui import shell

shell.require_entry()

from dashboard.ui import headline, shortfall_view, show, where_from  # noqa: E402
from dashboard.words import shortfall as words  # noqa: E402

advice = headline.quiet(words.SHORTFALL_TITLE)
where_from.of_plan(advice)
shortfall_view.page(advice)
headline.flags(advice)
show.cited(advice.assessment.source_ids)

from dashboard.ui import shell

shell.require_entry()

from dashboard.ui import headline, outlook_view, where_from  # noqa: E402
from dashboard.words import outlook as words  # noqa: E402

advice = headline.quiet(words.TITLE)
where_from.of_stores(advice)
outlook_view.page(advice)

from dashboard.ui import headline, outlook_view, where_from
from dashboard.words import outlook as words

advice = headline.quiet(words.TITLE)
where_from.of_stores(advice)
headline.flags(advice)
outlook_view.page(advice)

"""Forty names that a file, a link, a label or USDA may bring: each would be formatting, an address or a fetch, if it were let."""

from __future__ import annotations

#: No such host exists; a request to it, or a link to it, is a failure.
HOST = "hostile.example"

NAMES = (
    f"![pixel](https://{HOST}/track.png)",
    f"[free B12](https://{HOST}/)",
    f"<img src=https://{HOST}/a.png>",
    f"<a href='https://{HOST}'>click</a>",
    "<script>alert(1)</script>",
    "<b>bold</b> bran",
    f"https://{HOST}/milk",
    f"http://{HOST}",
    f"www.{HOST}/oat",
    f"me@{HOST}",
    f"Oat milk,www.{HOST}",
    f"mailto:me@{HOST}",
    f"javascript://{HOST}/%0aalert(1)",
    f"<https://{HOST}/auto>",
    f"[ref]: https://{HOST}/ref",
    "[^1]: a footnote [^1]",
    "Bran $5 or $6 flakes",
    "$$x^2$$",
    r"\(x\) and \[y\]",
    ":material/home: soup",
    ":red[Stop your tablets]",
    ":green-background[meets the target]",
    ":violet-badge[RDA met]",
    ":small[tiny] :help[x]",
    ":color[text]{foreground=red}",
    ":smile: cereal :+1:",
    ":streamlit: pudding",
    "# Heading loaf",
    "- dash loaf",
    "+ plus loaf",
    "1. first loaf",
    "> quoted loaf",
    "--- rule",
    "***bold and slanted*** tofu",
    "__under__ _score_ milk_a_b",
    "~~struck~~ cheese ~sub~",
    "`code` ```fence",
    "a | b\n---|---\nc | d",
    "&lt;b&gt; &amp; &#36;x&#36; Tom & Jerry",
    "x -> y <-> z -- w >= v ~= u\\",
)
assert len(NAMES) == len(set(NAMES)) == 40

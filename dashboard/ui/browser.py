"""Small things only the browser can do: copy to the clipboard."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard.words import take_along as words

_COPY_HTML: Final = """<button type="button"></button>
<input type="text" readonly hidden>
<span role="status"></span>
"""

_COPY_CSS: Final = """
:host { display: block; }
button {
  font: inherit; font-size: .875rem; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, .5rem);
  min-height: 2.5rem; padding: .25rem .75rem; cursor: pointer; white-space: nowrap;
}
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
input { font: inherit; width: 100%; margin-top: .25rem; color: inherit; background: transparent; }
span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""

_COPY_JS: Final = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  const field = parentElement.querySelector("input")
  const status = parentElement.querySelector("span")
  const label = data.label
  field.setAttribute("aria-label", data.field)
  if (!button.dataset.copied) button.textContent = label
  button.onclick = async () => {
    // The plan itself, not the page on which it was copied.
    const url = new URL(`./${data.query}`, window.location.href).href
    try {
      await navigator.clipboard.writeText(url)
      button.dataset.copied = "yes"
      button.textContent = status.textContent = data.copied
      setTimeout(() => { delete button.dataset.copied; button.textContent = label; status.textContent = "" }, 2500)
    } catch (error) {
      // No access to the clipboard: show the link to copy by hand.
      field.hidden = false
      field.value = url
      field.focus()
      field.select()
    }
  }
}
"""

_copy = st.components.v2.component("b12_copy_link", html=_COPY_HTML, css=_COPY_CSS, js=_COPY_JS)


def copy_link(query: str, key: str = "copy_link") -> None:
    """A button that copies the address of the app with a query."""
    texts = {"label": words.COPY_LINK, "copied": words.LINK_COPIED, "field": words.LINK_FIELD}
    _copy(key=key, data={"query": query, **texts}, width="content")

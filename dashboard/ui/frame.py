"""What every page needs and no run changes: styles, and the code of the small elements of the frame.

The browser keeps both, so that a rerun only names them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.pictures import html
from dashboard.pictures.palette import Palette
from dashboard.ui import colours, number_field, paper

#: What the theme cannot say: the headline stays in view, and elements that only listen take no room.
STYLES: Final = """
.st-key-frame,div:has(> .st-key-frame),.st-key-address,.st-key-plan_view_still{position:absolute;left:0}
@media screen{[data-testid="stElementContainer"]:has(> [data-testid="stHtml"] > p.b12-paper){position:absolute;left:0}}
.st-key-plan_view{min-height:80vh}
div:has(> .st-key-page_top),.st-key-page_top{display:contents}
div:has(> .st-key-page_top h2):not(:has(.st-key-first_minute)) + div > .st-key-about_me_place{min-height:2.75rem}
.st-key-next_step{min-height:2.5rem;max-width:46rem;padding-left:1.1875rem;margin-top:-.75rem}
.st-key-verdict,.st-key-years_answer{min-height:7rem}
.st-key-next_step div:has(> [data-testid="stPageLink"]){margin:0!important}
.st-key-next_step a{border:1px solid rgba(128,128,128,.5);border-radius:.5rem;white-space:nowrap}
[data-testid="stMainBlockContainer"] h2{padding-top:.5rem}
div:has(> .st-key-headline){position:sticky;top:3.75rem;z-index:90}
.st-key-headline{background:SURFACE;padding:.4rem 0 .5rem;border-bottom:1px solid rgba(128,128,128,.35)}
[data-testid="stMain"]{scroll-padding:9rem 0 5rem}
.b12-figure{font-size:1.5rem;font-weight:650;line-height:1.3}.b12-target{font-weight:400}.b12-figure + svg{display:block;margin-bottom:1rem}
.b12-one-line{line-height:1.4;margin-bottom:1rem}.b12-one-line .b12-figure{font-size:1rem}
.b12-line{line-height:1.4}.b12-line:last-child{padding-bottom:1rem}
.st-key-added{position:fixed;left:50%;bottom:1rem;transform:translateX(-50%);width:max-content!important;max-width:calc(100vw - 2rem);
 padding:.25rem .5rem .25rem 1rem;border-radius:.5rem;background:INK;box-shadow:0 6px 24px rgba(0,0,0,.3)}
div:has(> .st-key-added){position:absolute}.st-key-added *{color:SURFACE!important;white-space:nowrap}
.b12-before{display:inline-block;border-left:6px solid BEFORE;padding-left:.5rem}
[data-testid="stTab"][aria-selected="true"] p,[data-testid="stButtonGroup"] [data-selected="true"] *{color:INK}
[class*="st-key-quick-"] p,[class*="st-key-from-"] button *{color:INK}
.b12-from{padding-left:1.2rem}.b12-from li{margin-bottom:.5rem;overflow-wrap:anywhere}.b12-from a{color:INK;text-decoration:underline}
.st-key-bottom_bar{display:none}
[data-testid="stCheckbox"] label,[data-testid="stRadio"] label{min-height:1.5rem}
/* A part that is just opening must not scroll inside itself: what a Tab press reached would move until it is open. */
[data-testid="stExpander"] details[style*="overflow"]{overflow:clip!important}
:where([data-testid="stMain"] button){min-width:1.5rem;min-height:1.5rem}
/* As wide as the screen. The frame around it stays where Streamlit first draws it, narrow: a layout that is told to be wide moves. */
@media screen and (min-width:769px){
 [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]{
  --side:1rem;min-width:calc(100vw - 2*var(--side));margin-left:calc(50% - 50vw + var(--side))}
}
@media screen and (min-width:864px){[data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]{--side:5rem}}
@media (max-width:768px){
 [data-testid="stSidebar"],[data-testid="stExpandSidebarButton"]{display:none}
 [data-testid="stHeader"]:not(:has([data-testid="stStatusWidget"])){display:none}
 div:has(> .st-key-headline){top:0}
 .st-key-bottom_bar{display:flex;position:fixed;left:0;right:0;bottom:0;z-index:100;background:SURFACE;
  border-top:1px solid rgba(128,128,128,.35);padding:.25rem .25rem max(.25rem,env(safe-area-inset-bottom))}
 .st-key-bottom_bar > div{flex:1 1 0;min-width:0;margin:0!important}
 .st-key-bottom_bar :is(a,button){min-height:2.75rem;width:100%;justify-content:center;margin:0}
 .st-key-bottom_bar [class*="_here"] button{background:rgba(128,128,128,.2)}.st-key-bottom_bar [class*="_here"] p{font-weight:600}
 [data-testid="stMainBlockContainer"]{padding:1rem 1rem 5.5rem;max-width:none}
 .st-key-added{bottom:4.5rem}
}
@media (max-width:640px){
 [data-testid="stMainBlockContainer"] > [data-testid="stVerticalBlock"]{gap:.75rem}
 [data-testid="stMainBlockContainer"] h2{font-size:1.5rem;padding:.25rem 0 .75rem}
 [data-testid="stMainBlockContainer"] h3{font-size:1.25rem}
 .b12-figure{font-size:1.2rem}.b12-line{font-size:.9rem}.b12-wide{display:none}
 .st-key-next_step [data-testid="stHorizontalBlock"]{flex-wrap:wrap}
 .st-key-pictures_saved > div{flex:1 1 calc(50% - .5rem)!important;width:auto!important;min-width:0!important}
 .st-key-pictures_saved :is(button,[data-testid="stDownloadButton"]){width:100%!important;height:100%}
 .st-key-pictures_saved button p{white-space:normal;overflow:visible}
 .st-key-received [data-testid="stAlertContainer"]{padding:.5rem .75rem}.st-key-received p{font-size:.875rem;line-height:1.4}
 .st-key-received{gap:.25rem!important}.stPlotlyChart .modebar-container{top:auto!important;bottom:0!important;height:1.75rem}
 [data-testid="stButtonGroup"] button{height:auto;max-width:100%}
 [data-testid="stButtonGroup"] button p{white-space:normal;overflow:visible;text-align:left}
 [data-testid="stPageLink"] a p{white-space:normal;overflow:visible}[data-testid="stPageLink"] a span{overflow:visible}
 .st-key-verdict{min-height:8rem}.st-key-years_answer{min-height:19rem}
}
"""


#: In the order in which they build on each other.
SCRIPTS: Final = ("address", "keypad", "frame")


def script() -> str:
    """The code of the frame, without its comments."""
    files = (Path(__file__).with_name("elements") / f"{name}.js" for name in SCRIPTS)
    lines = (line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if not line.startswith("//"))


_code = st.components.v2.component("b12_frame", js=script())


@lru_cache(maxsize=2)
def _styles(tint: Palette) -> str:
    styles = STYLES
    for name, value in {"SURFACE": tint.surface, "INK": tint.text, "BEFORE": tint.before}.items():
        styles = styles.replace(name, value)
    lines = "\n".join((styles, html.css(tint), paper.STYLES)).splitlines()
    # One element without an empty line: Markdown would take what follows one for text.
    return "\n".join(("<style>", *filter(str.strip, lines), "</style>"))


def _scheme_changed() -> None:
    """Callback: the system turned dark or light. The run that follows draws everything in the colours of that theme."""


def show() -> None:
    """Styles of the frame, in the colours of the theme on screen, those of paper, and the code."""
    with st.container(key="frame"):
        # As Markdown: the code behind st.html comes later, and a phone would draw everything once without the styles.
        st.markdown(_styles(colours.current()), unsafe_allow_html=True)
        _code(key="code", data={"number_field": number_field.FIELD}, on_scheme_change=_scheme_changed, height=1)

"""The Gradio application: a component that takes in whichever page it comes to, and the public endpoints.

A page is sent before gradio is imported, and is used meanwhile; see `assistant.chat.document`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI

from assistant.chat import endpoints
from assistant.chat.document import PAGE_ID
from assistant.chat.theme import theme

if TYPE_CHECKING:
    from assistant.desk import Desk

TAKE_IN = f"""
const page = document.getElementById("{PAGE_ID}");
const focused = document.activeElement;
const {{ scrollX, scrollY }} = window;
if (element.moveBefore) element.moveBefore(page, null);  // what is typed and chosen in it stays as it is
else {{
  element.append(page);
  focused?.focus({{ preventScroll: true }});
}}
scrollTo({{ left: scrollX, top: scrollY, behavior: "instant" }});  // which was lost while the page was in neither place
"""


def build(desk: Desk) -> gr.Blocks:
    """Build the application around a desk."""
    blocks = gr.Blocks(title="Isnad · إسناد", analytics_enabled=False, fill_width=True)
    with blocks:
        gr.HTML(html_template="<div></div>", js_on_load=TAKE_IN, apply_default_css=False, elem_id="frame")
        endpoints.publish(desk)
    return blocks


def application(desk: Desk) -> FastAPI:
    """Make gradio's own application; to be called where an event loop runs, as gradio makes one where none does."""
    made = FastAPI(openapi_url=None)
    gr.mount_gradio_app(
        made,
        build(desk),
        path="/",
        theme=theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        root_path="",
    )
    return made

"""Gradio's components in the colours and faces of the style sheet."""

from __future__ import annotations

import gradio as gr

SANS = ("system-ui", "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Geeza Pro", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")

COLOURS = {
    "body_background_fill": "var(--paper)",
    "body_text_color": "var(--ink)",
    "body_text_color_subdued": "var(--soft)",
    "background_fill_primary": "var(--leaf)",
    "background_fill_secondary": "var(--paper)",
    "border_color_primary": "var(--line)",
    "border_color_accent": "var(--accent)",
    "color_accent_soft": "var(--tint)",
    "link_text_color": "var(--accent)",
    "link_text_color_hover": "var(--accent)",
    "block_background_fill": "transparent",
    "block_border_color": "transparent",
    "block_label_background_fill": "transparent",
    "block_label_text_color": "var(--soft)",
    "block_title_text_color": "var(--soft)",
    "block_info_text_color": "var(--soft)",
    "panel_background_fill": "transparent",
    "input_background_fill": "var(--leaf)",
    "input_background_fill_focus": "var(--leaf)",
    "input_border_color": "var(--field)",
    "input_border_color_focus": "var(--accent)",
    "input_placeholder_color": "var(--soft)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "color-mix(in srgb, var(--accent) 88%, var(--ink))",
    "button_primary_text_color": "var(--on-accent)",
    "button_primary_text_color_hover": "var(--on-accent)",
    "button_primary_border_color": "var(--accent)",
    "button_secondary_background_fill": "var(--leaf)",
    "button_secondary_background_fill_hover": "var(--tint)",
    "button_secondary_text_color": "var(--ink)",
    "button_secondary_text_color_hover": "var(--ink)",
    "button_secondary_border_color": "var(--field)",
    "checkbox_background_color": "var(--leaf)",
    "checkbox_background_color_selected": "var(--accent)",
    "checkbox_border_color": "var(--field)",
    "checkbox_label_background_fill": "transparent",
    "checkbox_label_text_color": "var(--ink)",
    "table_border_color": "var(--line)",
    "table_even_background_fill": "var(--leaf)",
    "table_odd_background_fill": "var(--leaf)",
    "table_text_color": "var(--ink)",
    "error_background_fill": "var(--leaf)",
    "error_border_color": "var(--warning)",
    "error_text_color": "var(--warning)",
}
"""The colours change with the scheme by themselves, so that those for the dark one are the same."""

SHAPES = {
    "block_border_width": "0px",
    "block_padding": "0px",
    "block_radius": "0px",
    "block_label_text_size": "0.82rem",
    "block_title_text_size": "0.82rem",
    "block_title_text_weight": "500",
    "input_radius": "0.6rem",
    "input_border_width": "1px",
    "input_padding": "0.5rem 0.75rem",
    "input_text_size": "0.95rem",
    "button_border_width": "1px",
    "button_large_radius": "0.6rem",
    "button_medium_radius": "0.6rem",
    "button_small_radius": "0.6rem",
    "button_large_text_size": "0.95rem",
    "button_large_text_weight": "600",
    "button_large_padding": "0.45rem 1.1rem",
    "layout_gap": "0.9rem",
    "form_gap_width": "0px",
}


def theme() -> gr.themes.Base:
    """Return the theme."""
    names = gr.themes.Base.set.__code__.co_varnames
    dark = {f"{name}_dark": value for name, value in COLOURS.items() if f"{name}_dark" in names}
    return gr.themes.Base(font=SANS, font_mono=MONO).set(**COLOURS, **SHAPES, **dark)

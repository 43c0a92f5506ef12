"""The chat page: the only home of gradio."""

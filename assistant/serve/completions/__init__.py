"""The archive as a model of OpenAI's chat completions, for the chat clients that there are."""

from assistant.serve.completions.routes import router

__all__ = ["router"]

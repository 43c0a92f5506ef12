"""The archive as tools for language models, over the Model Context Protocol (MCP)."""

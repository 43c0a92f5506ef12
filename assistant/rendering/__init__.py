"""What is shown of answers, verdicts and archives: JSON, text and Markdown."""

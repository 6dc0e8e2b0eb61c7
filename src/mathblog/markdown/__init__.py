"""Markdown in Jekyll's dialect to HTML, with its formulas as tokens."""

"""Formulas in Markdown and HTML: where they are, and their TeX without Markdown's escapes."""

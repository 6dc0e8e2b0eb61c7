"""Rules for HTML in Markdown."""

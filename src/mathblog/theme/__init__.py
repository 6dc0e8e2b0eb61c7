"""Themes: a page specification and a compiled body -> the bytes of a page, through Jinja templates."""

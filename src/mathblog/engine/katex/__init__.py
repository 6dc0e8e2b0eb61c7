"""KaTeX in an engine for JavaScript."""

"""Lints: what is legal in a formula and most often a slip, found on KaTeX's own parse tree."""

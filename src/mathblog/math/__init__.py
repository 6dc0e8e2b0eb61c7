"""Formulas: collected from a document, handed to KaTeX, and its errors explained in the author's file."""

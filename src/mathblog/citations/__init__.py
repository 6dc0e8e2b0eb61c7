"""Bibliographies: BibTeX -> `Reference`s, and their HTML in five styles."""

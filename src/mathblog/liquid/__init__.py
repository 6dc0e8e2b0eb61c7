"""Liquid: tags and variables of a body are expanded, formulas and code stay as the author wrote them."""

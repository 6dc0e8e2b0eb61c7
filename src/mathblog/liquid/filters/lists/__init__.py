"""Filters on lists."""

"""Filters that print dates."""

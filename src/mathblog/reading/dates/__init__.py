"""Dates of documents."""

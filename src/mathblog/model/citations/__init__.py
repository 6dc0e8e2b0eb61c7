"""Bibliographies: their entries, citations of them, and the options of their lists."""

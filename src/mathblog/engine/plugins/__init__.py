"""Plugins: which of them may run, and what they bring."""

"""Rules for tables."""

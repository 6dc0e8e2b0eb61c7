"""Rules for lists."""

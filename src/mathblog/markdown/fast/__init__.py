"""Loops of other projects, written again to be faster. Each file names the test that compares it with the original."""

"""Theorems, definitions, proofs: their kinds, and the names of these."""

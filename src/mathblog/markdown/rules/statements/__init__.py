"""Theorems, definitions, proofs and callouts: four spellings, one kind of tokens."""

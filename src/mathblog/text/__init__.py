"""Algorithms over texts that several rooms read with: delimiters, regions, fences, YAML, URLs, slugs."""

"""Builds of which only texts changed: the record of the last build, and how the next one makes a delta of it."""

"""The declarations about formulas in a site's scripts."""

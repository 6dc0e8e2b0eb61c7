"""What a site's scripts declare about formulas."""

"""Source files -> documents: encoding, names, dates, front matter, addresses, data files."""

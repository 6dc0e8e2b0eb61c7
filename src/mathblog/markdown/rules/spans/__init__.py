"""Rules for running text: emphasis, links, notes, typography."""

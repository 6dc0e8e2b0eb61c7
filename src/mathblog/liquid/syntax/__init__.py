"""A template's text, parsed: pieces, tokens, nodes. Nothing runs here."""

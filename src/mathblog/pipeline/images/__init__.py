"""Images in texts: their attributes, figures, variants."""

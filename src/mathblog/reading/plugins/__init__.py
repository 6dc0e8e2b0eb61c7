"""Changes to documents by plugins of Jekyll's, once they are read."""

"""What plugins of Jekyll's decide of documents once they are read."""

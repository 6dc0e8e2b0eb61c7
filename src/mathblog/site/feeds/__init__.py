"""Feeds, and content that reads well in them."""

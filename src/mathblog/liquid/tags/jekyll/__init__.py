"""The tags that Jekyll adds to Liquid's."""

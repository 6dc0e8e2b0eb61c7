"""The nouns of a blog, as frozen values."""

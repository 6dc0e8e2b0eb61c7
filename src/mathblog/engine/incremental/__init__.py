"""What a build remembers of the last one, and how it makes only what changed."""

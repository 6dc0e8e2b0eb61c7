"""What authors are given to begin with, as texts: a new blog, a new post."""

"""The commands of an author's day: a blog, a post, a draft, and what becomes of it."""

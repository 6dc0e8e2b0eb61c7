"""The texts that authors begin with: a new blog, a new post."""

"""Pages that list posts: home, tags, archives, and jekyll-paginate-v2's."""

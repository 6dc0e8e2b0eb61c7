"""What a reader can search: a light index of titles, headings and tags, and records of whole texts for Pagefind."""

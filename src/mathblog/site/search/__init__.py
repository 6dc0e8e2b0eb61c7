"""The indexes that a reader searches: a light index of titles, headings and tags, and records of whole texts for Pagefind."""

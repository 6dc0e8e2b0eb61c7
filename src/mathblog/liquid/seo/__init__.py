"""The elements that `{% seo %}` writes: those of jekyll-seo-tag."""

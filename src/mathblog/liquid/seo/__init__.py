"""What `{% seo %}` says about a page: the elements of jekyll-seo-tag."""

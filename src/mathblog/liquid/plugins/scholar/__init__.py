"""The tags of jekyll-scholar."""

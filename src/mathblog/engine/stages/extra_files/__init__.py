"""Files of a site that are no pages and take longer to make: the index of the search, cards."""

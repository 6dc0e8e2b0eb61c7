"""Citations in a page: which entries it may cite, what its tags write, and the list of those that it cites."""

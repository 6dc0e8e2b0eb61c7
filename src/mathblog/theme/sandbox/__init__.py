"""Templates of strangers: what they may reach, and how much they may do."""

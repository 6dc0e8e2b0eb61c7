"""What templates see of the site: mappings whose values are looked up when they are asked for."""

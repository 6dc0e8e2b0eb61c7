"""What templates see of the site and its pages."""

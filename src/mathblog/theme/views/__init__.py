"""The site and its pages as templates see them."""

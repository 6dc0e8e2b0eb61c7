"""Images: sizes, and what a site says about them."""

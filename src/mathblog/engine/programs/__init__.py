"""Programs and libraries that are installed only for what needs them."""

"""Code in colours."""

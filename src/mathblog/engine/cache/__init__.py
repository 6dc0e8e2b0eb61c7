"""The cache: values that are kept from one build to the next."""

"""YAML as values with places."""

"""The published site: where it goes, how it is written, what is removed."""

"""The preview: a site kept built while its author writes, served on the loopback address, refreshed in the browser."""

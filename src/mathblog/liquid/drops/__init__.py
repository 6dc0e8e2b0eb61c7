"""The views of the site for templates: mappings whose values are looked up when they are asked for."""

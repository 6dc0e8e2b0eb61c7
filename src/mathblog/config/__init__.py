"""`_config.yml` -> a typed configuration and what is wrong with it."""

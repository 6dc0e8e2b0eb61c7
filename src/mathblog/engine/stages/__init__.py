"""The stages of a build, each over the whole site, and the processes that share them."""

"""The kinds of things that can be added to mathblog, as values: one declaration for each, gathered for a build."""

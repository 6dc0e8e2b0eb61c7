"""A language server: what an editor asks of a site, by the Language Server Protocol over standard input and output."""

"""The only place where stages meet: read, index, compile, generate, lay out."""

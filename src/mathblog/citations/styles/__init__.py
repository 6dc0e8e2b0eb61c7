"""The five styles, in pybtex's style classes and template language."""

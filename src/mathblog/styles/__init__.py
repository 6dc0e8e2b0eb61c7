"""Style sheets in Sass -> CSS."""

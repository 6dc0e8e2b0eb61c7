"""Numbers of equations and statements, labels, and references to them."""

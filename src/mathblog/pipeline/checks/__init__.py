"""The checks of every build, on texts and finished pages."""

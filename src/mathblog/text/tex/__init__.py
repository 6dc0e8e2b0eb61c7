"""TeX as text: its tokens, and the definitions in it."""

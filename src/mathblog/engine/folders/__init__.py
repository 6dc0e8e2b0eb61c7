"""Folders that mathblog writes to: the one way into them, what is on the disk, the manifest of what it wrote."""

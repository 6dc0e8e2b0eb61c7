"""The files of a site: found, listed, read; nothing is written here."""

"""Themes that are gems or repositories: fetched, checked, unpacked, kept in a cache outside the site."""

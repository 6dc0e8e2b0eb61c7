"""Themes that are gems or repositories: which one a site means, and what its files say. Nothing is fetched here."""

"""Liquid's filters, grouped by what they are about."""

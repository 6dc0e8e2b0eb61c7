"""Liquid's tags, one file each."""

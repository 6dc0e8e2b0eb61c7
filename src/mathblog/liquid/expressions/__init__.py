"""Liquid's expressions, read and evaluated as Ruby's Liquid does: strictly first, laxly where that fails."""

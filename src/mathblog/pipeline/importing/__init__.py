"""Texts that were written for other programs -> posts: notebooks, notes, Hugo's and Quarto's pages, papers. What cannot be carried over is named."""

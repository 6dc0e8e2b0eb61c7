"""The files of an author: new ones, those that move, and the links that follow them."""

"""The dialect: one rule, one file; `parser.py` lists them."""

"""A chunk of documents, compiled to HTML."""

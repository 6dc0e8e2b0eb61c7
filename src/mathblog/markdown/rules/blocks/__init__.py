"""Rules for blocks of text: paragraphs, headings, quotes, fences; and what ends a block."""

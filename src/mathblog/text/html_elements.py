"""Names of HTML elements by how their content is read: one list for each kind.

kramdown has lists of its own, which its rules keep (`markdown/rules/html`, `lazy_continuation.py`): they decide what is Markdown.
"""

# elements that have no content and no closing tag (HTML, 13.1.2 "Void elements")
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
# elements in whose content no tag is one
RAW_TEXT = ("script", "style", "textarea")
# elements whose content is code: no formula opens in it
CODE = (*RAW_TEXT, "pre", "code")
# MathJax's `skipHtmlTags`, elements whose content it never sees, and those whose content holds no markup
SKIPPED_BY_MATHJAX = (*CODE, "kbd", "noscript", "title", "svg", "math", "select", "datalist")

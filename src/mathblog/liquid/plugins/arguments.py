"""A tag's text -> words, as a shell splits a line (Ruby's `shellwords.rb`)."""

import re

from mathblog.core.patterns import lazy_pattern
from mathblog.liquid.errors import TemplateError
from mathblog.liquid.syntax.parser import Mark

_PART = lazy_pattern(
    r"""\s*(?:(?P<word>[^\s\\'"]+)|'(?P<single>[^']*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<escape>\\.?)|(?P<open>\S))(?P<end>\s|\Z)?""",
    re.DOTALL,
)
_IN_QUOTES = lazy_pattern(r"\\([$`\"\\\n])")


def split_words(mark: Mark) -> list[str]:
    r"""The words of a tag's text. Between single quotes nothing is special, so that TeX is whole there.

    Raises:
        TemplateError: where a quote is never closed; Jekyll stops there, too.

    """
    words, word = [], ""
    for part in _PART.finditer(mark.markup.value):
        if part["open"]:
            message = f"a quote is never closed in `{{% {mark.tag.value} %}}`"
            hint = f"write `{{% {mark.tag.value} 'one' 'two' %}}`, and an apostrophe within double quotes"
            raise TemplateError(message, token=mark.markup, hint=hint, broken=True)
        double = part["double"]
        word += part["word"] or part["single"] or (_IN_QUOTES.sub(r"\1", double) if double else "")
        word += (part["escape"] or "")[1:]
        if part["end"] is not None:
            words.append(word)
            word = ""
    return words

"""Titles from headings, and what Ruby files say of themselves."""

import pytest

from mathblog.core.source import SourceText
from mathblog.markdown.words import words_of
from mathblog.model.options import MarkdownOptions
from mathblog.pipeline.extensions import BUILTINS
from mathblog.reading.plugins.titles import find_heading
from mathblog.reading.ruby import report_ruby
from support.growth import measure


@pytest.mark.parametrize(
    ("text", "heading", "rest"),
    [
        ("# One\n\ntext", "One", "text"),
        ("\n\n### Three\ntext", "Three", "text"),
        ("Under\n=====\n\ntext", "Under", "text"),
        ("Under\n--\ntext", "Under", "text"),
        ("# C#\ntext", "C#", "text"),
        ("## Closed ##\ntext", "Closed", "text"),
        ("# Last", "Last", ""),
    ],
)
def test_the_first_heading(text: str, heading: str, rest: str) -> None:
    found = find_heading(text, 0)
    assert found is not None
    assert (found.markdown, text[found.end :]) == (heading, rest)


@pytest.mark.parametrize("text", ["", "text\n\n# Later", "#### Four", "#hash", "a\nb\n---", "---\n\ntext", "- - -\n"])
def test_no_heading_in_front(text: str) -> None:
    assert find_heading(text, 0) is None


def test_a_long_first_line_takes_linear_time() -> None:
    assert find_heading("a " * 200_000 + "\nb", 0) is None
    growth = measure("a ".__mul__, lambda text: find_heading(f"{text}\nb", 0), 1 << 21)
    assert not growth.is_steep, str(growth)


def test_the_words_of_a_heading() -> None:
    # [run] jekyll-titles-from-headings 0.5.3 keeps a formula between dollars as it stands
    words = words_of('*On* $x^2$ and "sums" of `code`', MarkdownOptions(), BUILTINS)
    assert words == "On $x^2$ and “sums” of code"


def test_what_a_ruby_file_takes_along() -> None:
    code = """
    module Jekyll
      class Shelf < Generator
      end
      class RemarkTag < Liquid::Block
      end
      module Shout
        def shout(text)
        end
      end
      # Liquid::Template.register_tag('old', Old)
      Hooks.register [:posts, :pages], :post_render do |post|
      end
    end
    Liquid::Template.register_tag("remark", Jekyll::RemarkTag)
    Liquid::Template.register_filter(Jekyll::Shout)
    """
    problem = report_ruby(SourceText("_plugins/shelf.rb", code), {"sidenote"}, {"remove_accents"})
    expected = "the tag `{% remark %}`, the filter `shout`, the generator `Shelf`, the hook on `posts`"
    assert problem is not None
    assert problem.message == f"Ruby is not run here: {expected} will be missing"
    assert problem.hint == "an include can do what a tag does: `{% include remark.html %}`"


def test_a_ruby_file_takes_nothing_along_where_its_tags_are_built_in() -> None:
    known = 'Liquid::Template.register_tag("sidenote", Note)\n'
    assert report_ruby(SourceText("_plugins/note.rb", known), {"sidenote"}, {"remove_accents"}) is None
    problem = report_ruby(
        SourceText("_plugins/note.rb", known + 'Liquid::Template.register_tag("remark", Remark)\n'),
        {"sidenote"},
        {"remove_accents"},
    )
    assert problem is not None
    assert problem.message == "Ruby is not run here: the tag `{% remark %}` will be missing"


def test_a_ruby_file_that_says_nothing() -> None:
    problem = report_ruby(SourceText("_plugins/x.rb", "puts 1\n"), {"sidenote"}, {"remove_accents"})
    assert problem is not None
    assert problem.message == ("Ruby is not run here: what this file does will be missing")

"""The configuration: merging, types, coercions, addresses."""

import pytest

from mathblog.config.defaults import ALWAYS_EXCLUDED, JEKYLL_DEFAULTS
from mathblog.config.known import TOP_LEVEL
from mathblog.config.parse import parse_config
from mathblog.core.diagnostic import Severity
from mathblog.core.excerpt import describe
from mathblog.core.source import SourceText
from mathblog.model.options import Collection, Config, FrontMatterDefault
from support.golden import Case, parametrize, update_golden

__all__ = ["update_golden"]


def read(*texts: str, **overrides: object) -> Config:
    """The configuration of texts that have nothing wrong with them."""
    sources = [SourceText(f"_config{number}.yml", text) for number, text in enumerate(texts)]
    config, problems = parse_config(sources, overrides)  # type: ignore[arg-type]
    assert problems == ()
    return config


def complain(text: str) -> list[str]:
    return [problem.message for problem in parse_config([SourceText("_config.yml", text)]).diagnostics]


@parametrize("config")
def test_faults(case: Case, update_golden: bool) -> None:  # noqa: FBT001 - a fixture
    _, problems = parse_config([SourceText("_config.yml", case.input)])
    found = sorted(problems, key=lambda problem: problem.sort_key)
    case.check("\n".join(map(describe, found)), update=update_golden)


def test_nothing_gives_the_defaults() -> None:
    config = read()
    assert config.reading.exclude == ALWAYS_EXCLUDED
    assert config.reading.collections == (Collection("posts", output=True),)
    assert (config.reading.permalink, config.reading.timezone) == ("date", "")
    assert config.raw == {}
    assert read("") == read("# nothing\n") == config


def test_files_are_merged_from_left_to_right_and_the_command_line_last() -> None:
    first = "title: a\nexclude: [x, y]\nmath: {single_dollar: false}\nbaseurl: /one\n"
    second = "title:\nexclude: [z]\nmath: {strict_kramdown: true}\n"
    config = read(first, second, baseurl="two/", show_drafts=True)
    assert config.site.title == "a"
    assert config.reading.exclude == ("z", *ALWAYS_EXCLUDED)
    assert (config.markdown.single_dollar, config.markdown.strict_kramdown) == (False, True)
    assert config.site.baseurl == "/two"
    assert config.reading.drafts
    assert config.raw["baseurl"] == "two/"


@pytest.mark.parametrize(
    ("text", "strict", "glued"),
    [
        ("title: a\n", False, True),
        ("markdown: kramdown\n", False, False),
        ("markdown: GFM\n", False, False),
        ("markdown: commonmark\n", False, True),
        ("plugins: [jekyll-feed]\n", False, False),
        ("kramdown: {input: GFM}\n", False, False),
        ("markdown: kramdown\nmath: {strict_kramdown: false}\n", False, True),
        ("math: {strict_kramdown: true}\n", True, False),
    ],
)
def test_a_configuration_for_jekyll_keeps_kramdowns_dollars(text: str, *, strict: bool, glued: bool) -> None:
    markdown = read(text).markdown
    assert (markdown.strict_kramdown, markdown.glued_display) == (strict, glued)


@pytest.mark.parametrize(
    ("text", "baseurl"),
    [
        ("baseurl: /", ""),
        ("baseurl: blog", "/blog"),
        ("baseurl: /blog/", "/blog"),
        ("baseurl: ''", ""),
        ("baseurl:", ""),
    ],
)
def test_baseurl_is_normalised(text: str, baseurl: str) -> None:
    assert read(text).site.baseurl == baseurl


def test_author_is_a_name_or_a_mapping() -> None:
    assert read("author: 김\n").site.author == "김"
    site = read("author: {name: 김, email: kim@example.org}\nurl: https://example.org/\n").site
    assert (site.author, site.email, site.url) == ("김", "kim@example.org", "https://example.org")


def test_ruby_symbols_are_words() -> None:
    config = read("sass:\n  style: :compressed\nkramdown:\n  :hard_wrap: true\n")
    assert config.raw["sass"] == {"style": "compressed"}
    assert config.markdown.hard_wrap


def test_keys_of_the_authors_own_are_kept_without_a_word() -> None:
    text = "author_name: x\nauthors: [a]\nmathjax: true\ngoogle_analytics: y\ncategory_layout: z\ntheme_color: w\n"
    assert set(read(text).raw) >= {"author_name", "authors"}


@pytest.mark.parametrize(
    ("key", "meant"),
    [("base_url", "baseurl"), ("time_zone", "timezone"), ("titel", "title"), ("plugin", "plugins"), ("Title", "title"),
     ("default", "defaults"), ("excludes", "exclude"), ("permlink", "permalink"), ("markdown-ext", "markdown_ext")],
)  # fmt: skip
def test_near_misses_are_named(key: str, meant: str) -> None:
    (problem,) = parse_config([SourceText("_config.yml", f"{key}: x\n")]).diagnostics
    assert (problem.message, problem.hint) == (f"unknown key `{key}`", f"did you mean `{meant}`?")


@pytest.mark.parametrize(
    ("text", "levels"),
    [("1..3", (1, 2, 3)), ('"2..4"', (2, 3, 4)), ("[2, 3]", (2, 3)), ('"1,2"', (1, 2)), ("2", (2,))],
)
def test_toc_levels(text: str, levels: tuple[int, ...]) -> None:
    assert read(f"kramdown: {{toc_levels: {text}}}").markdown.toc_levels == levels


def test_toc_levels_that_are_none() -> None:
    assert complain("kramdown: {toc_levels: 1..9}") == [
        "`kramdown.toc_levels` has to be levels from 1 to 6, not `1..9`"
    ]


@pytest.mark.parametrize(("name", "kramdown"), [("kramdown", True), ("GFM", True), ("CommonMark", False)])
def test_dialects(name: str, kramdown: bool) -> None:  # noqa: FBT001
    assert read(f"markdown: {name}").markdown.kramdown is kramdown


def test_dialects_that_are_gone() -> None:
    assert complain("markdown: redcarpet") == ["no Markdown dialect `redcarpet`: kramdown is used"]


def test_straight_quotes() -> None:
    assert not read("kramdown: {smart_quotes: 'apos,apos,quot,quot'}").markdown.smart_quotes
    assert read("kramdown: {smart_quotes: 'lsquo,rsquo,ldquo,rdquo'}").markdown.smart_quotes


def test_macros() -> None:
    text = "math:\n  macros:\n    '\\RR': '\\mathbb{R}'\n    NN: '\\mathbb{N}'\n    pair: ['(#1, #2)', 2]\n"
    assert read(text).math.macros == (("\\NN", "\\mathbb{N}"), ("\\RR", "\\mathbb{R}"), ("\\pair", "(#1, #2)"))
    assert complain("math: {macros: {R: 5}}") == ["a macro has to be text, not `5`"]


def test_collections_are_a_list_or_a_mapping() -> None:
    assert [one.label for one in read("collections: [a, b]").reading.collections] == ["posts", "a", "b"]
    posts, docs = read(
        "collections:\n  docs: {output: true, permalink: /d/:name, sort_by: order}\n"
    ).reading.collections
    assert posts == Collection("posts", output=True)
    assert (docs.output, docs.permalink, docs.sort_by, docs.data["sort_by"]) == (True, "/d/:name", "order", "order")


def test_front_matter_defaults() -> None:
    text = "defaults:\n  - scope: {type: post}\n    values: {layout: post}\n  - values: {a: 1}\n"
    assert read(text).reading.defaults == (
        FrontMatterDefault("", "posts", {"layout": "post"}),
        FrontMatterDefault("", "", {"a": 1}),
    )


def test_toml_is_refused_with_the_way_out() -> None:
    _, (problem,) = parse_config([SourceText("_config.toml", 'title = "x"')])
    assert problem.severity is Severity.ERROR
    assert "YAML" in problem.hint


def test_a_fault_of_the_command_line_has_no_file() -> None:
    _, (problem,) = parse_config([SourceText("_config.yml", "limit_posts: 3")], {"limit_posts": "x"})
    assert describe(problem) == "command line: error: `limit_posts` has to be a whole number, not `x` [config]"


def test_jekylls_cache_is_not_ours() -> None:
    assert read("cache_dir: .jekyll-cache").output.cache_dir == ".mathblog-cache"
    assert read("cache_dir: tmp/c").output.cache_dir == "tmp/c"


def test_every_default_of_jekylls_is_a_known_key() -> None:
    assert set(JEKYLL_DEFAULTS) <= set(TOP_LEVEL)
    text = "".join(f"{key}:\n" for key in TOP_LEVEL)
    assert read(text).site == read().site


def test_the_reference_page_names_every_key() -> None:
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "reference" / "configuration.md").read_text(encoding="utf-8")
    missing = [key for key in TOP_LEVEL if f"`{key}" not in page]
    assert missing == []

"""The configuration: merging, types, coercions, addresses."""

import pytest

from mathblog.config.defaults import ALWAYS_EXCLUDED, JEKYLL_DEFAULTS
from mathblog.config.known import TOP_LEVEL
from mathblog.config.parse import parse_config
from mathblog.core.diagnostic import Severity
from mathblog.core.excerpt import describe
from mathblog.core.source import SourceText
from mathblog.model.options import Collection, Config, FrontMatterDefault
from mathblog.model.statements.kinds import StatementKind, StatementOptions
from support.configuration_page import sections, sections_of_schema, with_tables
from support.golden import Case, parametrize, update_golden
from support.site import REPOSITORY

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
        ("plugins: [jekyll-feed]\nmath: {escapes: tex}\n", False, True),
        ("plugins: [jekyll-feed]\nmath: {escapes: kramdown}\n", False, False),
        ("math: {escapes: tex, strict_kramdown: true}\n", True, False),
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


def test_options_of_kramdown() -> None:
    markdown = read("kramdown: {auto_id_prefix: s-, parse_block_html: true}").markdown
    assert (markdown.auto_id_prefix, markdown.parse_block_html) == ("s-", True)


@pytest.mark.parametrize(("name", "kramdown"), [("kramdown", True), ("GFM", True), ("CommonMark", False)])
def test_dialects(name: str, kramdown: bool) -> None:  # noqa: FBT001
    assert read(f"markdown: {name}").markdown.kramdown is kramdown


def test_dialects_that_are_gone() -> None:
    assert complain("markdown: redcarpet") == ["no Markdown dialect `redcarpet`: kramdown is used"]


def test_straight_quotes() -> None:
    assert not read("kramdown: {smart_quotes: false}").markdown.smart_quotes
    for written, quotes in {
        "'apos,apos,quot,quot'": "''\"\"",
        "'lsquo,rsquo,ldquo,rdquo'": "‘’“”",
        "[sbquo, lsquo, 8222, ldquo]": "‚‘„“",
        "true": "‘’“”",
    }.items():
        read_options = read(f"kramdown: {{smart_quotes: {written}}}").markdown
        assert (read_options.smart_quotes, read_options.quotes) == (True, quotes)
    message = "`kramdown.smart_quotes` has to be four names of signs: English quotes are used"
    for wrong in ("'lsquo,rsquo'", "'a,b,c,d'"):
        assert complain(f"kramdown: {{smart_quotes: {wrong}}}") == [message]
    assert read("kramdown: {footnote_backlink: '&uarr; & <i>'}").markdown.footnote_backlink == "&uarr; &amp; &lt;i&gt;"


def test_macros() -> None:
    text = "math:\n  macros:\n    '\\RR': '\\mathbb{R}'\n    NN: '\\mathbb{N}'\n    pair: ['(#1, #2)', 2]\n    at: ['#1_#2', 2, x]\n    a: [b]\n"
    assert read(text).math.macros == (("\\NN", "\\mathbb{N}"), ("\\RR", "\\mathbb{R}"))
    assert read(text).math.definitions == (
        r"\newcommand{\a}{b}",
        r"\newcommand{\at}[2][x]{#1_#2}",
        r"\newcommand{\pair}[2]{(#1, #2)}",
    )
    assert complain("math: {macros: {R: 5}}") == ["a macro has to be text, not `5`"]
    assert complain("math: {macros: {R: [a, 10]}}") == ["a macro has to be text, not a list"]
    assert complain("math: {macros: {R: []}}") == ["a macro has to be text, not a list"]


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


def test_toml_is_read_like_yaml() -> None:
    text = """title = "x"
paginat_path = "a"
when = 2018-10-06T20:00:00
noon = 12:00:00
limit_posts = "many"
[collections.notes]
output = true
[[defaults]]
scope = {path = "a"}
values = {layout = "post"}
"""
    config, problems = parse_config([SourceText("_config.toml", text)])
    assert config.site.title == "x"
    assert config.reading.collections[-1] == Collection("notes", output=True, data={"output": True})
    assert config.reading.defaults == (FrontMatterDefault("a", "", {"layout": "post"}),)
    assert (str(config.raw["when"]), config.raw["noon"]) == ("2018-10-06 20:00:00+00:00", "12:00:00")
    assert [(problem.line, problem.column) for problem in problems] == [(2, 1), (5, 15)]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("title = x\n", "not TOML: invalid value", (1, 9)),
        ("a = 1\na = 2\n", "not TOML: cannot overwrite a value", (2, 6)),
        ("title = ", "not TOML: invalid value", (1, 9)),
        ("a = " + "[" * 100_000, "not TOML: this is nested too deeply, or holds too long a number", (1, 100_005)),
        ("a = " + "9" * 5_000, "not TOML: this is nested too deeply, or holds too long a number", (1, 5_005)),
    ],
)
def test_what_is_no_toml_is_an_error_with_its_place(text: str, message: str, place: tuple[int, int]) -> None:
    _, (problem,) = parse_config([SourceText("_config.toml", text)])
    assert (problem.severity, problem.message, (problem.line, problem.column)) == (Severity.ERROR, message, place)


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


def test_the_tables_of_the_reference_page_are_those_of_the_schema(update_golden: bool) -> None:  # noqa: FBT001 - a fixture
    path = REPOSITORY / "docs/reference/configuration.md"
    page = path.read_text(encoding="utf-8")
    if update_golden:
        path.write_text(with_tables(page), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == with_tables(page)
    assert sections(page) == sections_of_schema()


def test_the_reference_page_names_every_key() -> None:
    page = (REPOSITORY / "docs/reference/configuration.md").read_text(encoding="utf-8")
    missing = [key for key in TOP_LEVEL if f"`{key}" not in page]
    assert missing == []


THEME_KEYS = (
    "minima twitter_username github_username rss disqus show_excerpts header_pages google_analytics "  # minima
    "locale title_separator subtitle name repository teaser logo masthead_title breadcrumbs words_per_minute comments staticman "
    "atom_feed search search_full_content search_provider analytics og_image social head_scripts footer_scripts footer "
    "minimal_mistakes_skin category_archive tag_archive compress_html remote_theme twitter date_format utterances "  # Minimal Mistakes
    "tagline github webmaster_verifications pageviews theme_mode cdn avatar social_preview_image toc assets pwa "  # Chirpy
    "first_name last_name contact_note footer_text keywords icon last_updated rss_icon navbar_fixed max_width blog_name "
    "highlight_theme_light newsletter external_sources latest_posts scholar imagemagick third_party_libraries giscus "  # al-folio
    "favicon header_text header_feature_image header_feature_image_responsive color_theme katex mermaid excerpt post_navigation "
    "cookie_consent google_fonts gravatar share_buttons special_page bootstrap disqus_shortname color_image authors "  # Type on Strap
    "links layout layouts page posts tags category categories sort site home port hosts mail titles description_en title_ko"
)


def test_a_key_of_a_theme_is_not_unknown() -> None:
    assert complain("".join(f"{key}: x\n" for key in THEME_KEYS.split() if key not in TOP_LEVEL)) == []


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("base_url", "baseurl"), ("baseUrl", "baseurl"), ("plugin", "plugins"), ("permalinks", "permalink"), ("tittle", "title"),
        ("include_dir", "includes_dir"), ("collection", "collections"), ("excldue", "exclude"), ("time-zone", "timezone"),
    ],
)  # fmt: skip
def test_a_slip_of_the_finger_is_named(key: str, meant: str) -> None:
    (problem,) = parse_config([SourceText("_config.yml", f"{key}: x\n")]).diagnostics
    assert (problem.message, problem.hint) == (f"unknown key `{key}`", f"did you mean `{meant}`?")


def test_tables_are_read_as_the_configuration_says() -> None:
    config = read("csv_reader: {headers: false, csv_converters: [numeric, ':float']}\n")
    assert (config.reading.csv.headers, config.reading.csv.converters) == (False, ("integer", "float"))
    assert complain("tsv_reader: {csv_converters: [date]}\n") == ["no converter `date`: these values stay text"]


def test_a_scope_with_a_slash_in_front_fits_nothing() -> None:
    assert complain("defaults: [{scope: {path: /_posts}, values: {layout: post}}]\n") == [
        "`/_posts` fits no file: paths in a scope start at the source folder"
    ]


def test_statements_are_as_the_site_says() -> None:
    assert read().markdown.statements == StatementOptions()
    assert read("theorems: true").markdown.statements == StatementOptions(everywhere=True)
    assert read("theorems:").markdown.statements == StatementOptions(everywhere=True)
    of_theme, _ = parse_config([SourceText("_config.yml", "theorems: [Euler, Gauss]")], {})
    assert of_theme.markdown.statements == StatementOptions()
    assert read("theorems: false").markdown.statements is None
    found = read(
        """
        theorems:
          counter: own
          within: section
          unnumbered: [rem]
          numbered: [solution]
          style: {claim: remark}
          names: {theorem: Satz, ko: {lemma: 도움정리}}
          kinds:
            Hypothesis: Hypothesis
            question: {name: {en: Question, ko: 질문}, prefix: qst, style: definition, numbered: false}
        """
    ).markdown.statements
    assert found is not None
    assert (found.counter, found.within, found.everywhere) == ("own", "section", True)
    kinds = {kind.name: kind for kind in found.kinds}
    assert not kinds["remark"].numbered
    assert kinds["solution"].numbered
    assert kinds["claim"].style == "remark"
    assert kinds["hypothesis"] == StatementKind("hypothesis", title="Hypothesis")
    assert found.find("QST") == StatementKind("question", ("qst",), "definition", numbered=False)
    assert found.names == (
        ("", "theorem", "Satz"), ("en", "question", "Question"), ("ko", "lemma", "도움정리"), ("ko", "question", "질문"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("theorems: maybe", "`theorems` has to be true, false or a mapping, not `maybe`: it is left out of account"),
        ("theorems: {counter: each}", "`theorems.counter` has to be one of `shared`, `own`, `equation`, not `each`: it is left out of account"),
        ("theorems: {unnumbered: [thing]}", "`theorems.unnumbered` names `thing`, which is no kind of statements"),
        ("theorems: {style: {lemma: bold}}", "`theorems.style.lemma` has to be one of `plain`, `definition`, `remark`, not `bold`: it is left out of account"),
        ("theorems: {kinds: {a: [b]}}", "`theorems.kinds.a` has to be a name or a mapping, not a list"),
        ("theorems: {colour: red}", "unknown key `theorems.colour`"),
    ],
)  # fmt: skip
def test_statements_of_another_kind(text: str, message: str) -> None:
    assert complain(text) == [message]

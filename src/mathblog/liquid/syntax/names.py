"""Which words are tags: known without loading the engine, so that texts without them never do."""

# block -> the tags that may stand between its opener and its `end…`
BLOCKS = {
    "if": frozenset({"elsif", "else"}),
    "unless": frozenset({"elsif", "else"}),
    "case": frozenset({"when", "else"}),
    "for": frozenset({"else", "break", "continue"}),
    "tablerow": frozenset({"break", "continue"}),
    "capture": frozenset[str](),
    "ifchanged": frozenset[str](),
    "highlight": frozenset[str](),
    "details": frozenset[str](),
    "tab": frozenset[str](),
    "tabs": frozenset[str](),
    "katex": frozenset[str](),
    "katexmm": frozenset[str](),
}
INNER = frozenset({"elsif", "else", "when"})  # mean nothing outside of a block
CLOSERS = {f"end{name}": name for name in BLOCKS}
SINGLE = frozenset(
    {
        "#",
        "assign",
        "cycle",
        "increment",
        "decrement",
        "echo",
        "break",
        "continue",
        "feed_meta",
        "file_exists",
        "gist",
        "include",
        "include_cached",
        "include_relative",
        "link",
        "post_url",
        "seo",
        "toc",
        "twitter",
        "twitternocache",
        "youtube",
        # tufte-jekyll
        "em",
        "endmath",
        "epigraph",
        "fullwidth",
        "m",
        "maincolumn",
        "marginfigure",
        "marginnote",
        "math",
        "newthought",
        "sidenote",
    },
)
OPAQUE = frozenset({"raw", "comment"})  # their content is not Liquid
OPAQUE_CLOSERS = {f"end{name}": name for name in OPAQUE}
KNOWN = frozenset(BLOCKS) | frozenset(CLOSERS) | INNER | SINGLE | OPAQUE | frozenset(OPAQUE_CLOSERS)

# tags of Jekyll's plugins and of other Liquids that are not here, and what to say about them
_SCHOLAR = "jekyll-scholar is not built in: write the references as a list, and link to them"
_COUNTS = "mathblog asks no server for the number of citations: write the number"
ABSENT = {
    "avatar": "jekyll-avatar is not built in: write an `<img>`",
    "bibliography": _SCHOLAR,
    "cite": _SCHOLAR,
    "google_scholar_citations": _COUNTS,
    "inspirehep_citations": _COUNTS,
    "liquid": "Jekyll does not have it: write one `{% … %}` for each line",
    "reference": _SCHOLAR,
    "render": "Jekyll does not have it: write `{% include file.html name=value %}`",
}

# names that stand for something in every text (`forloop` only in a loop, `include` only in an include)
ROOTS = frozenset({"site", "page", "jekyll", "include", "layout", "forloop", "tablerowloop"})

"""Which words are tags: known without loading the Liquid library, so that most texts never load it."""

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
}
INNER = frozenset({"elsif", "else", "when"})  # mean nothing outside of a block
CLOSERS = {f"end{name}": name for name in BLOCKS}
SINGLE = frozenset(
    {
        "assign",
        "cycle",
        "increment",
        "decrement",
        "echo",
        "break",
        "continue",
        "include",
        "include_relative",
        "link",
        "post_url",
    },
)
OPAQUE = frozenset({"raw", "comment"})  # their content is not Liquid
OPAQUE_CLOSERS = {f"end{name}": name for name in OPAQUE}
KNOWN = frozenset(BLOCKS) | frozenset(CLOSERS) | INNER | SINGLE | OPAQUE | frozenset(OPAQUE_CLOSERS)

# names that stand for something in every text (`forloop` only in a loop, `include` only in an include)
ROOTS = frozenset({"site", "page", "jekyll", "include", "layout", "forloop", "tablerowloop"})

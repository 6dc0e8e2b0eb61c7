"""The settings of a site and a page about their bibliographies: `citations:` of ours, `scholar:` of jekyll-scholar's."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from mathblog.core.dataclass import dataclass
from mathblog.model.values import Data, Value

STYLES = ("numeric", "apa", "alpha", "chicago-author-date", "ams")
FOLDER = "_bibliography"
ASSETS = "assets/bibliography"
_EXACT = {
    "ieee": "numeric",
    "american-mathematical-society-label": "ams",
    "american-psychological-association": "apa",
    "chicago": "chicago-author-date",
}
# parts of the names of CSL styles -> the nearest of the five
_NEAREST = (
    ("apa", "apa"), ("chicago", "chicago-author-date"), ("turabian", "chicago-author-date"),
    ("american-mathematical", "ams"), ("label", "alpha"), ("alpha", "alpha"), ("author-date", "apa"),
    ("author-year", "apa"), ("harvard", "apa"), ("psycholog", "apa"), ("modern-language", "apa"), ("mla", "apa"),
    ("sociolog", "apa"), ("political", "apa"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CitationOptions:
    """How a page cites. `scholar` says that the site is configured for jekyll-scholar: ids and classes are that plugin's.

    `source` is the folder of the files, `bibliography` those that a page without its own has: a name or a pattern, '' for
    all of the folder. The rest are jekyll-scholar's options by their names (`defaults.rb`); `own_names` are al-folio's `last_name`.
    """

    scholar: bool = False
    style: str = "numeric"
    source: str = FOLDER
    bibliography: str = ""
    sort_by: tuple[str, ...] = ()
    order: tuple[str, ...] = ("ascending",)
    group_by: tuple[str, ...] = ()
    group_order: tuple[str, ...] = ("ascending",)
    group_tags: tuple[str, ...] = ("h2", "h3", "h4", "h5")
    list_tag: str = "ol"
    list_class: str = "bibliography"
    item_tag: str = "li"
    reference_tag: str = "span"
    template: str = ""
    query: str = "@*"
    missing: str = "(missing reference)"
    cite_class: str = "citation"
    skip_fields: tuple[str, ...] = ("abstract", "month_numeric")
    details_dir: str = "bibliography"
    details_layout: str = "bibtex.html"
    details_permalink: str = "/:details_dir/:key:extension"
    details_link: str = "Details"
    details_link_class: str = "details"
    without_duplicates: bool = False
    list_attributes: tuple[tuple[str, str], ...] = ()
    item_attributes: tuple[tuple[str, str], ...] = ()
    repository: str = ""
    repository_mark: str = "."
    type_order: tuple[str, ...] = ()
    type_names: tuple[tuple[str, str], ...] = ()
    type_aliases: tuple[tuple[str, str], ...] = ()
    month_names: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()


def read_style(written: str) -> tuple[str, bool]:
    """The style of a name, of ours or of a CSL style, and whether it is that style and not only the nearest."""
    name = posixpath.basename(written.strip()).removesuffix(".csl").casefold()
    if name in STYLES:
        return name, True
    if name in _EXACT:
        return _EXACT[name], True
    return next((style for part, style in _NEAREST if part in name), "numeric"), False


def override(options: CitationOptions, data: Data) -> CitationOptions:
    """The options with those of a mapping `scholar:` over them; what has another type is left out of account."""
    texts = {name: data.get(key) for key, name in _TEXTS.items()}
    pairs = {name: data.get(key) for key, name in _PAIRS.items()}
    changes: dict[str, object] = {name: value for name, value in texts.items() if isinstance(value, str)}
    changes |= {name: words(data[key]) for key, name in _WORDS.items() if key in data}
    changes |= {
        name: tuple((str(one), str(other)) for one, other in value.items())
        for name, value in pairs.items()
        if isinstance(value, Mapping)
    }
    if isinstance(style := data.get("style"), str):
        changes["style"] = read_style(style)[0]
    if isinstance(source := data.get("source"), str):
        changes["source"] = read_folder(source)
    for name in ("sort_by", "group_by"):
        if changes.get(name) == ("none",):
            changes[name] = ()
    if "remove_duplicates" in data:
        changes["without_duplicates"] = data["remove_duplicates"] is True
    if data.get("details_link", True) in (None, False):
        changes["details_link"] = ""
    if changes.get("template") == "{{reference}}":
        changes["template"] = ""
    return replace(options, **changes) if changes else options  # type: ignore[arg-type]  # each by its name


_TEXTS = {
    "bibliography": "bibliography", "bibliography_list_tag": "list_tag", "bibliography_class": "list_class",
    "bibliography_item_tag": "item_tag", "reference_tagname": "reference_tag", "bibliography_template": "template",
    "query": "query", "missing_reference": "missing", "cite_class": "cite_class", "details_dir": "details_dir",
    "details_link": "details_link", "details_layout": "details_layout", "details_permalink": "details_permalink",
    "details_link_class": "details_link_class", "repository": "repository",
    "repository_file_delimiter": "repository_mark",
}  # fmt: skip
_WORDS = {
    "sort_by": "sort_by", "order": "order", "group_by": "group_by", "group_order": "group_order",
    "bibliography_group_tag": "group_tags", "bibtex_skip_fields": "skip_fields", "type_order": "type_order",
    "month_names": "month_names", "last_name": "own_names",
}  # fmt: skip
_PAIRS = {
    "type_names": "type_names", "type_aliases": "type_aliases", "bibliography_list_attributes": "list_attributes",
    "bibliography_item_attributes": "item_attributes",
}  # fmt: skip


def words(value: Value) -> tuple[str, ...]:
    """The words of a text with commas, or of a list of such texts."""
    if value == "":  # most options are
        return ()
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    found = (word.strip().lstrip(":") for item in listed if item is not None for word in str(item).split(","))
    return tuple(word for word in found if word)


def read_folder(written: str) -> str:
    """A folder below the site's, as paths name it; one elsewhere is the usual one."""
    path = posixpath.normpath(written.strip().lstrip("/") or FOLDER)
    return FOLDER if path.startswith("..") or path == "." else path


def find_files(known: Sequence[str], options: CitationOptions, names: Sequence[str]) -> list[str]:
    """The `.bib` files that some names mean, of those that the site has, in order; a name may be a pattern.

    A name is looked for in the folder of the site's files, in `assets/bibliography`, and from the root of the site.
    """
    found: list[str] = []
    for name in names:
        plain = name.strip().lstrip("/").removeprefix("./")
        ends = (plain,) if plain.endswith(".bib") else (f"{plain}.bib", plain)
        wanted = [posixpath.join(folder, end) for folder in (options.source, ASSETS, "") for end in ends]
        if "*" in plain:
            found += [path for path in known if any(fnmatchcase(path, pattern) for pattern in wanted)]
        else:
            found += [path for path in wanted if path in known][:1]
    return list(dict.fromkeys(found))


def site_files(known: Sequence[str], options: CitationOptions) -> list[str]:
    """The files of a page that names none: those of the configuration, else all of the folder."""
    if options.bibliography and (found := find_files(known, options, [options.bibliography])):
        return found
    return [path for path in known if path.startswith(f"{options.source}/")]

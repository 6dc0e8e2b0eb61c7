"""The configuration, made of one small slice a stage: a new site title must not render maths again."""

from mathblog.core.dataclass import dataclass, field
from mathblog.model.citations.options import FOLDER, CitationOptions
from mathblog.model.gem import GemTheme
from mathblog.model.images.diagrams import DiagramOptions
from mathblog.model.images.options import ImageOptions
from mathblog.model.limits import LEAST, Limits
from mathblog.model.plugins import ArchiveOptions, FeedOptions, LinkOptions, ReadingPlugins
from mathblog.model.statements.kinds import StatementOptions
from mathblog.model.values import Data, Value

MANIFEST = "theme.yml"  # a theme's settings and words


@dataclass(frozen=True, slots=True)
class Collection:
    """One entry of `collections:`. `data` is all of its metadata."""

    label: str
    output: bool = False
    permalink: str = ""
    sort_by: str = ""
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrontMatterDefault:
    """One entry of `defaults:`. An empty `type` stands for any."""

    path: str
    type: str
    values: Data


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How data files of one kind are read (`csv_reader:`, `tsv_reader:`): `converters` are `integer` and `float`."""

    headers: bool = True
    converters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """Options of reading: which files become documents, with which addresses and dates."""

    timezone: str = ""
    time: Value = None  # when the site is built, as written; the clock's time where it is not set
    permalink: str = "date"
    markdown_ext: tuple[str, ...] = ("markdown", "mkdown", "mkdn", "mkd", "md")
    include: tuple[str, ...] = (".htaccess",)
    exclude: tuple[str, ...] = ()
    collections_dir: str = ""
    collections: tuple[Collection, ...] = ()
    defaults: tuple[FrontMatterDefault, ...] = ()
    drafts: bool = False
    future: bool = False
    unpublished: bool = False
    limit_posts: int = 0
    layouts_dir: str = "_layouts"
    includes_dir: str = "_includes"
    data_dir: str = "_data"
    plugins_dir: str = "_plugins"
    plugins: ReadingPlugins = field(default_factory=ReadingPlugins)
    sass_dir: str = "_sass"
    sass_paths: tuple[str, ...] = ()  # `load_paths`: `exclude` does not hold for style sheets there
    bibliography_dir: str = FOLDER
    csv: TableOptions = TableOptions()
    tsv: TableOptions = TableOptions()


@dataclass(frozen=True, slots=True)
class LiquidOptions:
    """How Liquid runs. The `limits` are no setting: they follow from what the site holds."""

    strict_filters: bool = False
    strict_variables: bool = False
    limits: Limits = LEAST


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """The dialect. `kramdown: False` (`markdown: commonmark`) leaves Jekyll's dialect out; `statements` is None for a site without any."""

    kramdown: bool = True
    single_dollar: bool = True
    strict_kramdown: bool = False
    math_escapes: bool = True  # kramdown's, in formulas that it reads as text (ADR 23)
    glued_display: bool = True  # `$$` alone on its lines is display within a paragraph, too
    hard_wrap: bool = False
    smart_quotes: bool = True
    quotes: str = "‘’“”"  # the opening and closing ones, single and double
    header_offset: int = 0  # added to the levels of headings
    auto_ids: bool = True
    auto_id_prefix: str = ""
    parse_block_html: bool = False
    toc_levels: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    line_numbers: bool = False
    uncoloured: tuple[str, ...] = ()  # of `block`, `span`, `tag`: code for a highlighter in the browser
    guess_lang: bool = True  # code without a language has the classes of plain text
    default_lang: str = ""  # the language of blocks of code that name none
    footnote_nr: int = 1  # the number of a page's first footnote
    footnote_backlink: str = "&#8617;"  # the HTML of the way back from a footnote
    excerpt_separator: str = "\n\n"
    emoji: bool = False
    statements: StatementOptions | None = None
    escaped_display: bool = False  # a script of the pages shows the `$$…$$` that kramdown leaves of `\$$…$$`
    figures: bool = False  # an image alone in its paragraph may be a figure, and a table may have a caption


SASS_STYLES = ("nested", "expanded", "compact", "compressed")


@dataclass(frozen=True, slots=True)
class SassOptions:
    """How style sheets in Sass are compiled. `theme` is the one that may bring files for them, '' for none."""

    folder: str = "_sass"
    load_paths: tuple[str, ...] = ()
    style: str = "expanded"
    theme: str = ""


NUMBERS = ("none", "labelled", "ams", "all", "referenced")
WITHIN = ("page", "section", "subsection")


@dataclass(frozen=True, slots=True)
class NumberOptions:
    r"""Which equations have a number, and how it looks. A page may have its own (front matter `number`, `number_start` …).

    `mode` is `none` (those with a `\tag`), `labelled` (those with a `\label`, too), `ams` (all rows of environments without a star, too), `all`,
    or `referenced` (those that the page refers to). `within` is `section` or `subsection` where numbers begin anew with each.
    `lenient` says that a label or a tag twice is no error: the site's layouts are Jekyll's, which publishes such pages (ADR 20).
    """

    mode: str = "ams"
    within: str = "page"
    start: int = 1
    prefix: str = ""
    lang: str = "en"
    lenient: bool = False


PACKAGES = ("physics",)


@dataclass(frozen=True, slots=True)
class MathOptions:
    r"""How formulas are rendered. `engine` is `auto`, `quickjs` or `v8`.

    The site's own macros are pairs (`\RR`, `\mathbb{R}`) in `macros`, and TeX in `definitions`, which count first. `color_argument` says that
    `\color{red}{x}` colours `x` alone, as in MathJax 2. `packages` change what commands mean (`physics`). `number…` are `NumberOptions`.
    """

    engine: str = "auto"
    macros: tuple[tuple[str, str], ...] = ()
    definitions: tuple[str, ...] = ()
    color_argument: bool = False
    number: str = "ams"
    number_within: str = "page"
    number_start: int = 1
    number_prefix: str = ""
    number_lenient: bool = False
    packages: tuple[str, ...] = ()

    @property
    def meaning(self) -> tuple[object, ...]:
        """The options that the HTML of a formula depends on, but for its number: all but the engine."""
        return (self.macros, self.definitions, self.color_argument, self.packages)


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """The name of the site and its address. `url` has no slash at its end, `baseurl` starts with one or is ''."""

    title: str = ""
    description: str = ""
    author: str = ""
    email: str = ""
    lang: str = "en"
    url: str = ""
    baseurl: str = ""


@dataclass(frozen=True, slots=True)
class CardOptions:
    """`wanted` asks for cards for social networks; `font` is a file of the site's for what the text face has not.

    `program` tells what draws them, and with which fonts; '' where they are not drawn.
    """

    wanted: bool = False
    font: str = ""
    program: str = ""


@dataclass(frozen=True, slots=True)
class GeneratorOptions:
    """Which pages mathblog generates. `paginate` 0 puts all posts on one page; `plugins` are the names of Jekyll's."""

    paginate: int = 10
    paginate_path: str = "/page:num"
    feed_path: str = "/feed.xml"
    feed_limit: int = 10
    tag_path: str = "/tags/:name/"
    category_path: str = "/categories/:name/"
    archive_path: str = "/archive/"
    plugins: tuple[str, ...] = ()
    feed: FeedOptions = field(default_factory=FeedOptions)
    archives: ArchiveOptions | None = None
    redirects_json: bool = True
    cards: CardOptions = CardOptions()
    citations: CitationOptions = field(default_factory=CitationOptions)


@dataclass(frozen=True, slots=True)
class ThemeOptions:
    """The theme's name and the author's settings for it (`theme_settings:`).

    `remote` is the repository of `remote_theme:`, `gems` and `archives` are the hosts of themes, `gem` is the theme whose files lie below the
    site's, `absent` why there is none although the site names one. `top` are all keys: a theme may take some for settings, too.
    """

    name: str = "default"
    remote: str = ""
    gems: str = "https://rubygems.org"
    archives: str = "https://codeload.github.com"
    gem: GemTheme | None = None
    absent: str = ""
    code_light: str = "manuscript"
    code_dark: str = "manuscript-dark"
    settings: Data = field(default_factory=dict)
    top: Data = field(default_factory=dict)

    @property
    def is_default(self) -> bool:
        """Whether the site names no theme, or mathblog's own."""
        return not self.remote and self.name == "default"


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Which rules are heeded (`config/rules.py`): `rules` says of a rule whether it is on.

    What nothing is said about is on where it belongs to every build, with `lints` where it belongs to `mathblog check`, and with
    `style` where it is one of style. `front_matter` are the keys of documents with their JSON schemas, where they are checked.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    lints: bool = False
    style: bool = False
    front_matter: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """`full` asks for an index of whole texts; `program` is the version of what makes it, '' where it is not installed."""

    full: bool = False
    program: str = ""


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """Where the site goes. Paths are relative to the source folder unless absolute."""

    destination: str = "_site"
    cache_dir: str = ".mathblog-cache"
    keep_files: tuple[str, ...] = (".git", ".svn")
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """One slice for each stage; `raw` has every key as the author wrote it (`site.*`), `bundled` what `Gemfile` names as plugins."""

    site: SiteOptions = SiteOptions()
    reading: ReadingOptions = ReadingOptions()
    liquid: LiquidOptions = LiquidOptions()
    markdown: MarkdownOptions = MarkdownOptions()
    links: LinkOptions = field(default_factory=LinkOptions)
    math: MathOptions = MathOptions()
    citations: CitationOptions = field(default_factory=CitationOptions)
    images: ImageOptions = field(default_factory=ImageOptions)
    diagrams: DiagramOptions = field(default_factory=DiagramOptions)
    sass: SassOptions = SassOptions()
    generators: GeneratorOptions = GeneratorOptions()
    theme: ThemeOptions = ThemeOptions()
    search: SearchOptions = SearchOptions()
    output: OutputOptions = OutputOptions()
    check: CheckOptions = CheckOptions()
    raw: Data = field(default_factory=dict)
    safe: bool = False  # the authors of documents are not trusted (ADR 31)
    bundled: tuple[str, ...] = ()

    def value(self, key: str) -> Value:
        """A key as the author wrote it, None where it is not set."""
        return self.raw.get(key)

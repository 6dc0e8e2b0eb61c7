"""A small site for tests of Liquid: what its facts are, and how a body is run through Liquid in it."""

import datetime
from collections.abc import Mapping
from functools import partial

from mathblog.core.source import SourceText
from mathblog.engine.sass_compiler import SassEngine
from mathblog.liquid.filters.dates.strftime import strftime
from mathblog.liquid.render import render_liquid
from mathblog.liquid.services import LiquidResult, LiquidSetup, Services
from mathblog.model.body import Body
from mathblog.model.compiled import Excerpt
from mathblog.model.document import Document, Meta
from mathblog.model.facts import kinds
from mathblog.model.facts.kind import FactKey
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.options import LiquidOptions, MarkdownOptions, SassOptions, SiteOptions
from mathblog.pipeline.extensions import BUILTINS
from mathblog.pipeline.styles import finder
from mathblog.styles.sass import compile_text

KST = datetime.timezone(datetime.timedelta(hours=9), "KST")

INCLUDES = {
    "note.html": '<div class="note">{{ include.text }}</div>',
    "hello.html": "안녕, {{ include.name | default: page.title }}!",
    "nested.html": "({% include hello.html name=include.who %})",
    "broken.html": "<p>\n  {% nope %}\n</p>",
    "a.html": "{% include b.html %}",
    "b.html": "{% include a.html %}",
    "tree.html": "{{ include.depth }}{% assign next = include.depth | minus: 1 %}"
    "{% if next > 0 %} {% include tree.html depth=next %}{% endif %}",
}


def meta(path: str, url: str, day: int, **more: object) -> Meta:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    tags = more.pop("tags", ())
    title = str(more.get("title", stem))
    date = datetime.datetime(2018, 10, day, 20, 0, tzinfo=KST)
    return Meta(
        path,
        "posts",
        url,
        url[1:],
        url.removesuffix(".html"),
        stem[11:],
        ".md",
        title,
        date,
        (),
        tags,
        "post",
        False,
        {"layout": "post", **more},
    )


POSTS = (
    meta("_posts/2018-10-07-second.md", "/2018/10/07/second.html", 7, title="둘째", tags=("math",)),
    meta("_posts/2018-10-06-vae.md", "/2018/10/06/vae.html", 6, title="변분 오토인코더", tags=("math", "ml"), rating=5),
)
FACTS: dict[FactKey, object] = {
    ("site",): SiteOptions(title="수학 블로그", url="https://example.org", baseurl="/blog"),
    ("config", "title"): "수학 블로그",
    ("config", "url"): "https://example.org",
    ("config", "baseurl"): "/blog",
    ("config", "authors"): ({"name": "Ada", "age": 36}, {"name": "Emmy", "age": 53}, {"name": "Sophie", "age": 36}),
    ("time",): datetime.datetime(2018, 11, 1, 9, 30, tzinfo=KST),
    ("posts",): POSTS,
    ("pages",): (),
    ("tags",): (("math", (POSTS[1].path, POSTS[0].path)), ("ml", (POSTS[1].path,))),
    ("static",): ("assets/a b.png",),
    ("data",): {"people": ({"name": "Kim"}, {"name": "Lee"})},
    ("includes",): tuple(INCLUDES),
    ("neighbours", POSTS[1].path): (None, POSTS[0].path),
    ("excerpt", POSTS[0].path): Excerpt(Body(("<p>요약</p>",)), "요약"),
    **{("document", post.path): post for post in POSTS},
    **{("include", name): SourceText(f"_includes/{name}", text) for name, text in INCLUDES.items()},
}


def highlight(code: str, language: str, options: str) -> str:
    """Stands for Pygments: one line of HTML that shows what it was given."""
    return f'<figure class="highlight" data-lang="{language}" data-options="{options}">{code}</figure>'.replace(
        "\n", "&#10;"
    )


SASS = SassEngine()


def css(text: str, indented: bool, view: FactView) -> tuple[str, str]:  # noqa: FBT001 - as `Services.css`
    """Sass by its own compiler, in the style that the site asks for, with the files that it has."""
    settings = view.get(kinds.CONFIG, "sass")
    style = str(settings["style"]).lstrip(":") if isinstance(settings, dict) else "expanded"
    return compile_text(text, SassOptions(style=style), finder(view), SASS, indented=indented)


def page(text: str, *, front_matter: str = "", path: str = POSTS[1].path) -> Document:
    """The first post of the site, at another path if one is given, with another text."""
    own = POSTS[1]
    found = Meta(
        **{**{name: getattr(own, name) for name in Meta.__slots__}, "path": path, "ext": "." + path.rpartition(".")[2]}
    )
    return Document(found, SourceText(path, front_matter + text), len(front_matter), {})


def render(
    text: str,
    *,
    front_matter: str = "",
    facts: Mapping[FactKey, object] | None = None,
    options: LiquidOptions | None = None,
    path: str = POSTS[1].path,
) -> LiquidResult:
    """The text, run through Liquid as a post of the site."""
    known = {**FACTS, **(facts or {})}
    moment = known["time",]
    assert isinstance(moment, datetime.datetime)
    view = FactView(SiteFacts(known, families={"now": partial(strftime, moment)}))
    services = Services(highlight, lambda markdown: f"<p>{markdown}</p>", css, into_markdown=path.endswith(".md"))
    setup = LiquidSetup(options or LiquidOptions(), MarkdownOptions(), BUILTINS, services)
    return render_liquid(page(text, front_matter=front_matter, path=path), view, setup)

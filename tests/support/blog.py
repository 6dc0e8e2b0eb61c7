"""Facts of an invented blog, as the pipeline would make them, for tests of pages and themes."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mathblog.model.compiled import Compiled, Excerpt
from mathblog.model.document import PAGES, Meta
from mathblog.model.facts.view import FactView, SiteFacts
from mathblog.model.options import GeneratorOptions, SiteOptions
from mathblog.model.output import OutputFile
from mathblog.pipeline.extensions import BUILTINS
from mathblog.site.generate import derive_facts, generate_files, generate_maps
from mathblog.text.rendered import read_body

SEOUL = datetime.timezone(datetime.timedelta(hours=9))


@dataclass
class Blog:
    """Add posts and pages, then ask for a view. Posts may come in any order; facts have them newest first."""

    site: SiteOptions = field(
        default_factory=lambda: SiteOptions(title="수식 노트", url="https://example.org", author="하루")
    )
    options: GeneratorOptions = field(default_factory=GeneratorOptions)
    config: Mapping[str, object] = field(default_factory=dict)
    metas: list[Meta] = field(default_factory=list)
    bodies: dict[str, Compiled] = field(default_factory=dict)
    layouts: Sequence[str] = ()  # the site's own

    def post(
        self,
        day: str,
        title: str,
        body: str = "<p>text</p>",
        *,
        tags: Sequence[str] = (),
        categories: Sequence[str] = (),
        excerpt: str = "",
        **data: object,
    ) -> "Blog":
        slug = title.lower().replace(" ", "-")
        path, url = f"_posts/{day}-{slug}.md", f"/{day.replace('-', '/')}/{slug}.html"
        date = datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(), SEOUL)
        self.metas.append(
            make_meta(
                path, url, title, data, collection="posts", date=date, tags=tuple(tags), categories=tuple(categories)
            )
        )
        return self._compile(path, title, body, excerpt or body)

    def page(self, path: str, title: str = "", body: str = "", **data: object) -> "Blog":
        name = path.rpartition(".")[0]
        url = "/" + (name.removesuffix("index") if name.endswith("index") else f"{name}.html")
        if title:
            data["title"] = title
        self.metas.append(make_meta(path, url, title, data))
        return self._compile(path, title, body, body)

    def note(self, label: str, name: str, title: str, **data: object) -> "Blog":
        """A document of another collection, without a date."""
        meta = make_meta(f"_{label}/{name}.md", f"/{label}/{name}.html", title, data, collection=label)
        self.metas.append(meta)
        return self._compile(meta.path, title, f"<p>{title}</p>", title)

    def _compile(self, path: str, title: str, body: str, excerpt: str) -> "Blog":
        formulas = body.count('class="katex"')
        self.bodies[path] = Compiled(
            path, read_body(body), Excerpt(read_body(excerpt), f"summary of {title}"), (), formulas, False, ()
        )
        return self

    def facts(self) -> SiteFacts:
        posts = sorted((meta for meta in self.metas if meta.is_post), key=lambda meta: meta.date, reverse=True)
        tags: dict[str, list[str]] = {}
        for meta in reversed(posts):
            for name in meta.tags:
                tags.setdefault(name, []).insert(0, meta.path)
        paths = [None, *(meta.path for meta in posts), None]
        values = {
            ("site",): self.site,
            ("posts",): tuple(posts),
            ("pages",): tuple(meta for meta in self.metas if meta.collection == PAGES),
            ("site_layouts",): tuple(self.layouts),
            **{
                ("collection", label): self._members(label)
                for label in {meta.collection for meta in self.metas} - {PAGES}
            },
            ("tags",): tuple((name, tuple(paths)) for name, paths in tags.items()),
            ("categories",): tuple((name, tuple(paths)) for name, paths in self._by_category(posts).items()),
            **{("config", key): value for key, value in self.config.items()},
            **{("document", meta.path): meta for meta in self.metas},
            **{("neighbours", path): (paths[at + 2], paths[at]) for at, path in enumerate(paths[1:-1])},
            **{("compiled", path): compiled for path, compiled in self.bodies.items()},
            **{("excerpt", path): compiled.excerpt for path, compiled in self.bodies.items()},
        }
        facts = SiteFacts(values)
        return facts.extend(derive_facts(FactView(facts), self.options))

    @staticmethod
    def _by_category(posts: Sequence[Meta]) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for meta in reversed(posts):
            for name in meta.categories:
                groups.setdefault(name, []).insert(0, meta.path)
        return groups

    def _members(self, label: str) -> tuple[Meta, ...]:
        return tuple(meta for meta in self.metas if meta.collection == label)

    def view(self) -> FactView:
        return FactView(self.facts())


def generated_files(blog: Blog) -> list[OutputFile]:
    """The files that mathblog makes of a blog besides pages, in their order."""
    return [
        *generate_maps(blog.view(), blog.options, BUILTINS, []),
        *generate_files(blog.view(), blog.options, BUILTINS),
    ]


def make_meta(path, url, title, data, *, collection=PAGES, date=None, tags=(), categories=()) -> Meta:
    layout = data.get("layout")
    return Meta(
        path=path,
        collection=collection,
        url=url,
        output_path=url.lstrip("/") + ("index.html" if url.endswith("/") else ""),
        id=url.removesuffix(".html"),
        slug=path.rpartition("/")[2].rpartition(".")[0],
        ext=".md",
        title=title,
        date=date,
        categories=categories,
        tags=tags,
        layout=layout if isinstance(layout, str) else None,
        draft=bool(data.get("draft")),
        data=data,
    )

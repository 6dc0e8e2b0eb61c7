"""Jekyll's plugins by name: those built in, those that are not needed, and what a site loses without the others."""

from collections.abc import Mapping

from mathblog.model import plugins

GITHUB = "github-pages"

# what GitHub Pages runs on every site, `plugins:` or not
GITHUB_DEFAULTS = frozenset(
    {plugins.DEFAULT_LAYOUT, plugins.OPTIONAL_FRONT_MATTER, plugins.PAGINATE, plugins.README_INDEX,
     plugins.RELATIVE_LINKS, plugins.TITLES, "jekyll-gist"}
)  # fmt: skip

BUILT_IN = frozenset(
    {*GITHUB_DEFAULTS, GITHUB, plugins.ARCHIVES, plugins.EMOJI, plugins.FEED, plugins.PAGINATE_V2, plugins.POSTFILES, plugins.REDIRECTS, plugins.SCHOLAR,
     plugins.SITEMAP, "jekyll-data", "jekyll-email-protect", "jekyll-include-cache", "jekyll-katex", "jekyll-regex-replace", "jekyll-remote-theme",
     "jekyll-seo-tag", "jekyll-tabs", "jekyll-toc", "jekyll-twitter-plugin", "jekyll-youtube"}
)  # fmt: skip

# commands, converters and servers: nothing of a page comes from them that is not here anyway
HARMLESS = frozenset(
    {"jektex", "jekyll-admin", "jekyll-commonmark", "jekyll-commonmark-ghpages", "jekyll-compose", "jekyll-livereload",
     "jekyll-sass-converter", "jekyll-watch", "kramdown", "kramdown-math-katex",
     "kramdown-math-sskatex", "kramdown-parser-gfm", "rouge", "webrick"}
)  # fmt: skip

# what a plugin is also required by
SPELLINGS: Mapping[str, str] = {"jekyll/scholar": "jekyll-scholar", "jekyll/katex": "jekyll-katex"}

# what will be missing, and what helps
MISSING: Mapping[str, tuple[str, str]] = {
    "jekyll-algolia": ("the search index is not sent to Algolia", "run its own command after the build"),
    "jekyll-asciidoc": ("`.adoc` files are copied as they are", "convert them to Markdown"),
    "jekyll-assets": ("its tags `{% asset %}` are unknown", "name the files with `relative_url`"),
    "jekyll-auto-image": ("`page.image` is set only where the front matter sets it", "write `image:` into posts"),
    "jekyll-avatar": ("the tag `{% avatar %}` is unknown", "write an image: `![name](https://github.com/name.png)`"),
    "jekyll-coffeescript": ("`.coffee` files are not converted", "convert them to JavaScript"),
    "jekyll-diagrams": ("its tags for diagrams are unknown", "make images of the diagrams"),
    "jekyll-figure": ("the tag `{% figure %}` is unknown", 'write `<figure>` with `markdown="1"`'),
    "jekyll-get-json": ("data from other servers is not fetched", "put the files into `_data`"),
    plugins.GITHUB_METADATA: (
        "nothing is asked of GitHub's server, and `site.github` has only what follows from `repository: owner/name`",
        "write other values below `github:` in `_config.yml`",
    ),
    "jekyll-graphviz": ("graphs in posts are not drawn", "make images of them"),
    "jekyll-imagemagick": ("images are not resized", "resize them before the build"),
    "jekyll-jupyter-notebook": ("the tag `{% jupyter_notebook %}` is unknown", "export the notebook to Markdown"),
    "jekyll-last-modified-at": (
        "`page.last_modified_at` is set only where the front matter sets it",
        "write `last_modified_at:` into posts that change",
    ),
    "jekyll-link-attributes": ("links get no attributes of their own", 'write `{:target="_blank"}` behind a link'),
    "jekyll-loading-lazy": ('images are not marked `loading="lazy"`', 'write `{:loading="lazy"}` behind an image'),
    "jekyll-mentions": ("`@name` is no link", "write `[@name](https://github.com/name)`"),
    "jekyll-mermaid": ("diagrams are not drawn", "load Mermaid's script in a layout"),
    "jekyll-minifier": ("files are not made smaller", "let the web server compress them"),
    "jekyll-multiple-languages-plugin": ("pages are not translated", "keep a folder for each language"),
    "jekyll-pandoc": ("Markdown is read as kramdown reads it", "see `mathblog doctor` for what differs"),
    "jekyll-pdf-embed": ("the tag `{% pdf %}` is unknown", 'write `<embed src="…">`'),
    "jekyll-picture-tag": ("the tag `{% picture %}` is unknown", "write an image"),
    plugins.POLYGLOT: (
        "there is one site, that of `default_lang`, and translations that share an address with a page are left out",
        "give each an address of its own: `permalink: /ko/about/`",
    ),
    "jekyll-postcss": ("style sheets are not processed by PostCSS", "process them before the build"),
    "jekyll-postcss-v2": ("style sheets are not processed by PostCSS", "process them before the build"),
    "jekyll-responsive-image": ("the tag `{% responsive_image %}` is unknown", "write an image"),
    "jekyll-spaceship": (
        "its extended tables, diagrams and media links are not made; formulas and emoji are",
        "write such tables in HTML",
    ),
    "jekyll-tagging": ("its pages of tags are not made", "ask for `jekyll-archives`, which is built in"),
    "jekyll-target-blank": ("links to other sites open in the same window", 'write `{:target="_blank"}` behind a link'),
    "jekyll-terser": ("scripts are not made smaller", "let the web server compress them"),
    "jekyll-tidy": ("pages are not tidied", ""),
    "jekyll-timeago": ("the filter `timeago` is unknown", "show the date"),
    "jekyll-webp": ("no WebP images are made", "make them before the build"),
    "jekyll_picture_tag": ("the tag `{% picture %}` is unknown", "write an image"),
    "premonition": ("block quotes do not become notes", "write `{: .note}` behind the quote"),
}

"""A new blog: the texts of its files."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from mathblog.authoring.editor_settings import editor_settings
from mathblog.authoring.first_posts import ABOUT, FIRST_POSTS, REFERENCES
from mathblog.authoring.post import post_path, quoted

LANGUAGES = tuple(FIRST_POSTS)
WORKFLOW_PATH = ".github/workflows/pages.yml"


class Wishes(NamedTuple):
    """The author's answers about the blog, and their time zone. `lang` is a language tag; texts of other languages than ours are in English."""

    title: str
    author: str
    lang: str
    theme: str = "default"
    timezone: str = "UTC"


def new_blog(wishes: Wishes, today: datetime.date) -> Mapping[str, str]:
    """The files of a new blog by their paths: it builds strictly, and shows a number, a theorem and a citation."""
    base = wishes.lang.partition("-")[0].lower()
    first = FIRST_POSTS.get(base, FIRST_POSTS["en"])
    return {
        "_config.yml": config_text(wishes),
        post_path(first.slug, today): f"---\ntitle: {first.title}\ntags: [{first.tag}]\n---\n{first.body}",
        "about.md": f"---\ntitle: {ABOUT.get(base, ABOUT['en'])}\n---\n",
        "_bibliography/references.bib": REFERENCES,
        "_data/macros.tex": MACROS,
        **around_blog(),
    }


def around_blog() -> Mapping[str, str]:
    """The files that any blog can use, also one that was made for Jekyll."""
    return {".gitignore": GITIGNORE, WORKFLOW_PATH: WORKFLOW, **editor_settings()}


def config_text(wishes: Wishes) -> str:
    """The configuration, with a comment for each key."""
    more = OF_STRAP if wishes.theme == "strap" else ""
    return CONFIG.format(
        more=more,
        title=quoted(wishes.title),
        author=quoted(wishes.author),
        lang=quoted(wishes.lang),
        theme=quoted(wishes.theme),
        timezone=f"timezone: {quoted(wishes.timezone)}",
    )


CONFIG = """\
# The settings of this blog. All keys: docs/reference/configuration.md of mathblog.

title: {title}
description: ""            # a line below the title, and for search engines
author: {author}
lang: {lang}
url: https://example.org   # scheme and host of the finished site, without a path; the workflow sets it on GitHub Pages
baseurl: ""                # the path below it, such as /blog
{timezone:26} # of days and times, such as Asia/Seoul

permalink: pretty          # /2026/01/15/title/
paginate: 10               # posts on a home page
strict: true               # a warning keeps the site from being published
plugins: [jekyll-redirect-from]  # old addresses lead on, as `mathblog rename` leaves them

theme: {theme}
theme_settings:
  color_theme: auto        # or light, dark
  contents: true           # a table of contents beside long posts
  footer_text: ""          # HTML
{more}
math:
  number: ams              # environments without a star are numbered, and what has a label
  escapes: tex             # in formulas as in LaTeX: \\| is a double bar; `kramdown` is for blogs from Jekyll
  # macros:                # or, as LaTeX, in _data/macros.tex
  #   RR: '\\mathbb{{R}}'

exclude: [README.md, LICENSE]
"""

OF_STRAP = """\
  header_text: ""          # HTML over the image of the home page
  header_feature_image: "" # such as /assets/img/header.jpg
  share_buttons: {}        # such as {email: true, mastodon: true}
"""

MACROS = r"""% Macros for all posts, as in LaTeX: the preamble of a paper can be pasted here.
\newcommand{\R}{\mathbb{R}}
\newcommand{\norm}[1]{\left\lVert #1 \right\rVert}
\DeclareMathOperator*{\argmin}{arg\,min}
"""

GITIGNORE = """\
_site/
.mathblog-cache/
"""

WORKFLOW = """\
# Builds this blog and publishes it to GitHub Pages.
# Once, in the settings of the repository: Pages -> Build and deployment -> Source -> GitHub Actions.
name: Pages

on:
  push:
    branches: [main]
  workflow_dispatch:

permissions:
  contents: read

jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
      pages: read
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      # Your fork of mathblog, until it is on a package index. Better than `main` is a commit: then the site changes only when you change it.
      - uses: YOUR-NAME/mathblog@main
        with:
          cache-key: ${{ secrets.MATHBLOG_CACHE_KEY }} # if you make this secret, builds take what the last one made
  deploy:
    needs: build
    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@v4
"""

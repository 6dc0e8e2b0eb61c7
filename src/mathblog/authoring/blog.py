"""A new blog: the texts of its files."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from mathblog.authoring.editor_settings import editor_settings
from mathblog.authoring.first_posts import ABOUT, FIRST_POSTS, REFERENCES
from mathblog.authoring.post import post_path, quoted

LANGUAGES = tuple(FIRST_POSTS)


class Wishes(NamedTuple):
    """The author's answers about the blog. `lang` is a language tag; texts of other languages than ours are in English."""

    title: str
    author: str
    lang: str
    theme: str = "default"


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
    return {".gitignore": GITIGNORE, ".github/workflows/pages.yml": WORKFLOW, **editor_settings()}


def config_text(wishes: Wishes) -> str:
    """The configuration, with a comment for each key."""
    more = OF_STRAP if wishes.theme == "strap" else ""
    return CONFIG.format(
        more=more,
        title=quoted(wishes.title),
        author=quoted(wishes.author),
        lang=quoted(wishes.lang),
        theme=quoted(wishes.theme),
    )


CONFIG = """\
# The settings of this blog. All keys: docs/reference/configuration.md of mathblog.

title: {title}
description: ""            # a line below the title, and for search engines
author: {author}
lang: {lang}
url: https://example.org   # scheme and host of the finished site, without a path; the workflow sets it on GitHub Pages
baseurl: ""                # the path below it, such as /blog
timezone: UTC              # of dates without one, such as Asia/Seoul

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
          path: blog
          persist-credentials: false
      - uses: actions/checkout@v4
        with:
          repository: YOUR-NAME/mathblog # your fork of mathblog, until it is on a package index
          ref: main # better: a commit, so that your site changes only when you change it
          path: mathblog
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - name: Ask where the site will stand
        id: pages
        uses: actions/configure-pages@v5
      - name: Install mathblog
        run: pip install ./mathblog
      - name: Build the blog
        working-directory: blog
        env:
          JEKYLL_ENV: production
          ORIGIN: ${{ steps.pages.outputs.origin }}
          BASE_PATH: ${{ steps.pages.outputs.base_path }}
        run: |
          printf 'url: "%s"\\n' "$ORIGIN" > "$RUNNER_TEMP/address.yml"
          mathblog build --format github --destination ../site \\
            --config "_config.yml,$RUNNER_TEMP/address.yml" --baseurl "$BASE_PATH"
      - uses: actions/upload-pages-artifact@v3
        with:
          path: site
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

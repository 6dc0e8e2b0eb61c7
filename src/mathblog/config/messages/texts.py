"""The codes about texts, links, images and sources."""

from collections.abc import Mapping

from mathblog.config.messages.explanation import Explanation

TEXTS: Mapping[str, Explanation] = {
    "front-matter": Explanation(
        "The block between the `---` lines cannot be used as it is: YAML that is refused, a block that is never closed, a key given twice. "
        "A list or a word instead of keys is an error in a page or a layout.",
        'Correct the line. A text with a colon needs quotes: `title: "A: b"`.',
        "---\ntitle: A: b\n---\nText",
    ),
    "front-matter-key": Explanation(
        "A key of the front matter is nearly one that mathblog knows. Keys of your own are free.",
        "Correct the key, or turn the rule off.",
        "---\ntittle: A\n---\nText",
    ),
    "front-matter-type": Explanation(
        "A key of the front matter has a value of a type that nothing reads.",
        "Write a value of the type that the message names.",
        "---\ntitle: A\nmath: [1]\npin: 3\n---\nText",
    ),
    "date": Explanation(
        "A date is none, or means another day than it seems to: `date:` cannot be read, a time is another day in the site's zone, a day does not exist.",
        "Write `date: 2026-01-15 10:00:00 +0900`, or rename the file if its day is wrong.",
        "---\ndate: someday\n---\nText",
    ),
    "name": Explanation(
        "The name of a file cannot be used: a file in `_posts` without a date, one that is no text, a name that is not UTF-8.",
        "Name posts `YYYY-MM-DD-name.md`, and keep other files out of `_posts`.",
        "Text",
        "_posts/example.md",
    ),
    "encoding": Explanation(
        "A file is not UTF-8. Jekyll stops at such a file; a post is left out.",
        "Save it as UTF-8 in your editor, or convert it: `iconv -f euc-kr -t utf-8`.",
    ),
    "liquid": Explanation(
        "A tag or a variable of Liquid does not do what it seems to: an unknown filter, an expression that is read otherwise. "
        "What Jekyll cannot read is an error: an unknown tag, a block that is never closed, an include, post or file that is not there.",
        "Correct the tag. Text that only looks like Liquid belongs between `{% raw %}` and `{% endraw %}`.",
        "{{ page.title | upcasse }}",
    ),
    "statement": Explanation(
        "A theorem, a proof or a callout is not what it seems to be: one that is never closed, stands in another, or has an unknown kind.",
        "Close it, or write one of the kinds of the guide on theorems.",
        "> [!theorme]\n> Text",
    ),
    "diagram": Explanation(
        "A diagram in Graphviz or TikZ cannot be drawn: the program is not installed, or refuses it; or the copy of Mermaid that the site names is not there. "
        "The source is shown as code.",
        "Correct the line that is named, install the program, or turn the language off under `diagrams:` in `_config.yml`.",
    ),
    "highlight": Explanation(
        "Code is shown without colours: nobody knows its language, or a line is too long.",
        "Write a language that Pygments knows, or `text`.",
        "```pythn\nx = 1\n```",
    ),
    "image": Explanation(
        "An image of the site's own is not there.",
        "Put the file there, or correct the address. Large and small letters differ on servers.",
        "![A curve](/assets/nowhere.png)",
    ),
    "image-alt": Explanation(
        "An image has no words for those who do not see it.",
        'Describe it: `![a bell curve](a.png)`. A picture that is only decoration has `alt=""`.',
        "![](https://example.org/a.png)",
    ),
    "link-target": Explanation(
        "A link leads to nothing within the site.", "Correct the address.", "See [this](/nowhere/)."
    ),
    "link-anchor": Explanation(
        "A link leads to a place that the page does not have.",
        "Write the id of a heading or a label of that page.",
        "See [this](#nowhere).",
    ),
    "link-external": Explanation(
        "A link to another site is dead: not found, an unknown host, a bad certificate. Only `mathblog check --external` asks.",
        "Correct or remove the link, or link to an archive.",
    ),
    "cite-unknown": Explanation(
        "A citation names a key that no file of BibTeX has.",
        "Add the entry to `_bibliography/references.bib`, or correct the key.",
        "As \\cite{nobody} says, and [@nobody1999].",
    ),
    "citation": Explanation(
        "An entry, a query or a file of BibTeX cannot be read.",
        "Correct the entry at the place: a comma or a brace is missing.",
        "@book{a, title = {A\n",
        "_bibliography/references.bib",
    ),
    "check": Explanation(
        "Something turns off a rule that does not exist.",
        "`mathblog check --rules` lists all rules.",
        "---\ncheck: {math-brakets: off}\n---\nText",
    ),
    "safe": Explanation(
        "`--safe` took something out of the HTML of a document that could run code of its author.",
        "Build without `--safe` if you trust the text, or write it without scripts.",
    ),
    "link": Explanation(
        "A symbolic link, a pipe or a device is left out: it leads nowhere, out of the folder, or into `.git` or the destination.",
        "Put a copy of the file in its place.",
    ),
    "jekyll": Explanation(
        "Jekyll does something differently here. Only `mathblog doctor` says so.",
        "The message names a remedy; `mathblog doctor --fix` writes those that are mechanical.",
    ),
}

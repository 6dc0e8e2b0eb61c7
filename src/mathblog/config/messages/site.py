"""The codes about the configuration, the theme, addresses, and the build itself."""

from collections.abc import Mapping

from mathblog.config.messages.explanation import Explanation

_CONFIG = "_config.yml"

SITE: Mapping[str, Explanation] = {
    "config": Explanation(
        "A setting of `_config.yml` or `theme.yml` cannot be used, or is nearly the name of another one. It is an error where Jekyll stops at it, too.",
        "Correct the line; `docs/reference/configuration.md` has all keys.",
        "permalnk: pretty\n",
        _CONFIG,
    ),
    "data": Explanation(
        "A file in `_data` is read otherwise than by its format. One that cannot be read at all is an error.",
        "Correct the place that the message shows.",
        "{a: 1}\n",
        "_data/example.json",
    ),
    "layout": Explanation(
        "A layout is not there: the page is published without one, or with `default` of the theme. A template that fails is an error.",
        "Correct `layout:`, or add the file to `_layouts`.",
        "---\nlayout: nowhere\n---\nText",
    ),
    "theme": Explanation(
        "A theme that was fetched has files that are left out, as links, or its lock file cannot be written.",
        "The message names the file. Without the lock another version of the theme may be taken another time.",
    ),
    "search": Explanation(
        "Pagefind could not make the index of whole texts. Titles, headings and tags can be searched, and the next build tries again.",
        "The message says what Pagefind answered. `full_text_search: false` in `_config.yml` does without it.",
    ),
    "sass": Explanation(
        "A style sheet in Sass does not compile. One that needs files of a theme that is not here is a warning, and left out.",
        "Correct the line of the sheet.",
        "---\n---\na { color: $nowhere }\n",
        "assets/example.scss",
    ),
    "url": Explanation(
        "An address is taken, dead or bad: two sources at one address, a `permalink` that means something else than it says. "
        "It is an error where a page would be lost.",
        "Give one of them another `permalink:`.",
        "---\npermalink: pretty\n---\nText",
    ),
    "plugin": Explanation(
        "A plugin in Ruby cannot run here. Its tags and filters are named.",
        "`docs/guide/plugins.md` says which plugins mathblog has built in.",
        "class Mine < Liquid::Tag\nend\nLiquid::Template.register_tag('mine', Mine)\n",
        "_plugins/example.rb",
    ),
    "destination": Explanation(
        "The list of published files in the destination has something that mathblog cannot have written. Nothing is deleted for its sake.",
        "Build into a new folder, or delete the old site by hand.",
    ),
    "build": Explanation(
        "The whole build was stopped, before it had pages to report on: the folder, the destination or the system cannot be used. "
        "As an error of a document: it could not be compiled at all.",
        "The line below the message is the next step.",
    ),
    "import": Explanation(
        "`mathblog import` cannot carry something over: it has no equivalent, or what it names is not there.",
        "Look at the place in the original, and write in the post what you want there; `docs/guide/importing.md` says what becomes of what.",
    ),
    "verify": Explanation(
        "`--verify` built the site again from nothing, and the two differ.",
        "It is a fault of mathblog's: report it with the file that differs, and build with `--no-cache` meanwhile.",
    ),
    "internal": Explanation(
        "mathblog itself failed. It is never your text's fault.",
        "Run the command again with `--trace`, and report what it prints with the smallest text that shows it.",
    ),
}

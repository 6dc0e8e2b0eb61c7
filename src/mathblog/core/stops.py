"""The kinds of problem that are errors, and so keep a site from being published (ADR 20)."""

from enum import Enum


class Stop(Enum):
    """A kind of problem that is an error: its code in a report, and why it may not be a warning.

    Either Jekyll's build stops at it as well, or going on would overwrite or lose something of the author's. Whatever
    else is wrong is a warning, and the site is published as Jekyll publishes it.
    """

    CONFIG_SYNTAX = ("config", "Jekyll stops at a `_config.yml` that YAML refuses")
    CONFIG_VALUE = ("config", "Jekyll stops at another type under this key")
    NOT_UTF8 = ("encoding", "Jekyll stops at a page, layout, include or data file that is not UTF-8")
    FRONT_MATTER = ("front-matter", "Jekyll stops at a page or layout whose front matter is a list or a word")
    PERMALINK = ("url", "Jekyll stops at a permalink that is no text, or has a placeholder that does not exist")
    DATA = ("data", "Jekyll stops at a data file that it cannot parse")
    LIQUID = ("liquid", "Jekyll stops at a tag or block that it cannot parse, and at a missing include, post or file")
    ENDLESS = ("liquid", "a loop that does not end: Jekyll's build would not end either")
    LABEL_TWICE = (
        "label-duplicate",
        "two labels of one name on a page: a reference would lead to another place than is meant",
    )
    TAG_TWICE = ("math", "two tags in one row: one of them would be lost")
    SASS = ("sass", "Jekyll stops at a style sheet that does not compile")
    TEMPLATE = ("layout", "a template of the theme in Jinja that fails: its pages would be lost")
    ADDRESS = ("url", "an address at which no file can be stored: its page would be lost")
    FILE_AND_FOLDER = ("url", "Jekyll stops at a file where another page needs a folder")
    FILE_NAME = ("name", "a file whose name is not UTF-8: it would be lost")
    LOST_PAGE = ("build", "a document that could not be compiled at all: its page would be lost")
    PLUGIN = ("plugin", "Jekyll stops at an exception of a plugin's code")
    NOT_REPRODUCED = ("verify", "`--verify` found a build that differs from a clean one")

    @property
    def code(self) -> str:
        """The code of its reports."""
        return self.value[0]

    @property
    def why(self) -> str:
        """The reason, in one clause: what Jekyll does, or what would be lost."""
        return self.value[1]

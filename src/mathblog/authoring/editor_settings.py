"""Settings of a blog for editors: how its files are indented, and where the schemas of its YAML are."""

import json

SCHEMAS = {"config": ".vscode/config.schema.json", "front-matter": ".vscode/front-matter.schema.json"}
"""The schemas that the package carries, and where a blog has a copy of each."""

EDITORCONFIG = """\
root = true

[*]
charset = utf-8
end_of_line = lf
insert_final_newline = true
trim_trailing_whitespace = true

[*.md]
trim_trailing_whitespace = false  # two blanks at the end of a line break it

[*.{yml,yaml,json,html}]
indent_style = space
indent_size = 2
"""

_VSCODE = {
    "yaml.schemas": {
        SCHEMAS["config"]: ["_config.yml"],
        SCHEMAS["front-matter"]: ["_posts/**/*.md", "_drafts/**/*.md"],
    },
    "files.exclude": {"_site": True, ".mathblog-cache": True},
    "[markdown]": {"editor.wordWrap": "on", "editor.quickSuggestions": {"other": "on"}},
    "glspc.server.command": "mathblog",
    "glspc.server.commandArguments": ["lsp"],
    "glspc.server.languageId": ["markdown"],
}


def editor_settings() -> dict[str, str]:
    """The files by their paths; the schemas are added by who can read them."""
    return {".editorconfig": EDITORCONFIG, ".vscode/settings.json": json.dumps(_VSCODE, indent=2) + "\n"}

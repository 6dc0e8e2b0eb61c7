"""What in the configuration keeps the generated pages from being right."""

from collections.abc import Iterator
from typing import cast

from mathblog.core.diagnostic import Diagnostic, in_file
from mathblog.model.facts import FactView
from mathblog.model.options import GeneratorOptions, SiteOptions
from mathblog.site.pagination import DEFAULT_PATH

CONFIG = "_config.yml"


def check_options(view: FactView, options: GeneratorOptions) -> tuple[Diagnostic, ...]:
    """Warnings about the configuration file as a whole."""
    return tuple(_problems(cast("SiteOptions", view.get("site")), options))


def _problems(site: SiteOptions, options: GeneratorOptions) -> Iterator[Diagnostic]:
    if not site.url:
        message = "no `url`: the addresses in the feed and the sitemap have no host name"
        yield in_file(CONFIG, message, code="config", hint="set `url: https://example.org`, without a path")
    if ":num" not in options.paginate_path:
        message = f"`paginate_path: {options.paginate_path}` has no `:num`: `{DEFAULT_PATH}` is used"
        yield in_file(CONFIG, message, code="config", hint="write `:num` where the number of the page belongs")
    for key, path in (("tag_path", options.tag_path), ("category_path", options.category_path)):
        if path and ":name" not in path:
            message = f"`{key}: {path}` has no `:name`: all its pages have the same address"
            yield in_file(CONFIG, message, code="config", hint=f"write `{key}: {path.rstrip('/')}/:name/`")

"""The extras of mathblog: optional packages that some of its parts need, and how to install them."""

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from importlib import metadata


def install_command(extra: str, package: "metadata.Distribution | None" = None) -> str:
    """The command that installs an extra, in backquotes: from the checkout that mathblog itself was installed from, if it was (PEP 610).

    `package` is mathblog as it is installed; None looks for it.
    """
    from importlib import metadata  # both take a while to load
    from urllib.request import url2pathname

    try:
        package = package or metadata.distribution("mathblog")
        origin = json.loads(package.read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        origin = {}
    address = str(origin.get("url", ""))
    is_folder = "dir_info" in origin and address.startswith("file:")
    return f"`pip install '{url2pathname(urlsplit(address).path) if is_folder else 'mathblog'}[{extra}]'`"

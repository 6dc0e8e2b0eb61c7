"""Files that plugins read through what they are given, so that a build knows of them."""

from mathblog.model.facts import kinds
from mathblog.model.facts.view import FactView


def read_file(view: FactView, path: str) -> str:
    """The text of a file of the site, by its path below the site's folder. The view records it.

    Raises:
        FileNotFoundError: where the site has no such file, or it is no text in UTF-8.

    """
    found = view.get(kinds.FILE, path)
    if found is None:
        message = f"the site has no text `{path}`"
        raise FileNotFoundError(message)
    return found.text

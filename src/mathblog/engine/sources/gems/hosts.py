"""Where themes come from: which hosts may be asked, and why a theme cannot be had."""

from dataclasses import dataclass
from urllib.parse import urlsplit

LOCAL = ("127.0.0.1", "localhost", "::1")


class FetchError(Exception):
    """A theme cannot be had. The text says why, as the end of a sentence."""


class NotThereError(FetchError):
    """The host answered that it does not have the file."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where themes come from: a gem server, and a server that has `/owner/name/tar.gz/ref`."""

    gems: str
    archives: str


def is_allowed(url: str) -> bool:
    """Whether a theme may come from an address: HTTPS, or HTTP from this machine itself."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL))

"""One file from a theme's host: within a time and a size, over HTTPS, through few redirects."""

import http.client
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from typing import IO
from urllib.parse import urlsplit

from mathblog import __version__
from mathblog.engine.sources.gems.connections import FewRedirects, web_opener
from mathblog.engine.sources.gems.hosts import LOCAL, FetchError, NotThereError, is_allowed, is_named_by_user

_SILENCE = 15.0  # seconds to wait for the next bytes
_LONGEST = 120.0  # seconds for a whole file
_CHUNK = 1 << 16
_NOT_FOUND = 404


def download(url: str, most: int, *, silence: float = _SILENCE, longest: float = _LONGEST) -> bytes:
    """The bytes at `url`, at most `most` of them; `silence` and `longest` are the seconds of patience.

    Raises:
        FetchError: for whatever is in the way.

    """
    if not is_allowed(url):
        message = f"`{url}` is no address by HTTPS"
        raise FetchError(message)
    answers: list[bytes] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(_download(url, most, silence, time.monotonic() + longest))
        except BaseException as fault:  # noqa: BLE001 - handed to the thread that waits
            faults.append(fault)

    thread = threading.Thread(target=run, name="fetch", daemon=True)  # to look up a name has no time limit of its own
    thread.start()
    thread.join(longest)
    if faults:
        raise faults[0]
    if not answers:
        message = f"`{urlsplit(url).netloc}` is too slow"
        raise FetchError(message)
    return answers[0]


def _download(url: str, most: int, silence: float, end: float) -> bytes:
    host = urlsplit(url).netloc
    request = urllib.request.Request(url, headers={"User-Agent": f"mathblog/{__version__}"})  # noqa: S310 - checked
    try:
        with web_opener(_Redirects(), public=not is_named_by_user(url)).open(request, timeout=silence) as answer:
            found = bytearray()
            while chunk := answer.read1(_CHUNK):
                found += chunk
                if len(found) > most:
                    message = f"`{host}` sends more than {most >> 20} MB"
                    raise FetchError(message)
                if time.monotonic() > end:
                    message = f"`{host}` is too slow"
                    raise FetchError(message)
            if answer.length:
                message = f"`{host}` ended in the middle of the file"
                raise FetchError(message)
            return bytes(found)
    except urllib.error.HTTPError as error:
        error.close()
        kind = NotThereError if error.code == _NOT_FOUND else FetchError
        message = f"`{host}` answers {error.code} to `{urlsplit(url).path}`"
        raise kind(message) from error

    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchError(_reason(host, error)) from error


def _reason(host: str, error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return f"`{host}` is too slow"
    if isinstance(cause, socket.gaierror):
        return f"`{host}` is not known here: there may be no network"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the certificate of `{host}` is not good: {cause.verify_message}"
    text = (cause.strerror if isinstance(cause, OSError) else "") or str(cause) or type(cause).__name__
    return f"`{host}`: {text[:1].lower()}{text[1:]}"


class _Redirects(FewRedirects):
    """Follows few redirects, and only to where a theme may come from: never from HTTPS to HTTP, never to a file."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        local = urlsplit(req.full_url).hostname in LOCAL
        if not is_allowed(newurl) or (urlsplit(newurl).hostname in LOCAL and not local):
            message = f"`{urlsplit(req.full_url).netloc}` leads to `{newurl[:100]}`, which is not followed"
            raise FetchError(message)
        return super().redirect_request(req, fp, code, msg, headers, newurl)

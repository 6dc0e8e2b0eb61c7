"""Links to other sites: each is asked for once a day, politely, and only what is certainly gone is reported."""

import contextlib
import http.client
import json
import os
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from mathblog import __version__
from mathblog.engine.sources.gems.connections import FewRedirects, look_up, web_opener
from mathblog.engine.sources.gems.hosts import is_public

MOST = 1000  # links of one run
_PATIENCE = 10.0  # seconds for one answer
_LONGEST = 120.0  # seconds for all
_AT_ONCE = 8  # hosts, each with one request at a time
_PAUSE = 0.2  # seconds between two requests to a host
_DAY = 86_400.0
_GONE = (404, 410)
_NO_HEAD = (400, 403, 405, 500, 501, 503)  # answers of servers that know only GET
_FILE = "links.json"

Answers = Mapping[str, str]


def check_addresses(
    addresses: Iterable[str], cache: Path | None, may_ask: Callable[[str], bool] | None = None, now: float | None = None
) -> tuple[Answers, int]:
    """Why an address is dead, for those that are, and how many were left out: private ones, and what takes too long.

    An answer counts for a day; it is kept in the folder `cache`. `may_ask` says whether a host may be asked: without it those of
    the public net, and of these none whose name leads elsewhere when it is asked.
    """
    asker = _Asker(may_ask or is_public_address, public=may_ask is None)
    now = time.time() if now is None else now
    known: dict[str, tuple[str, float]] = {}
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):  # it is a cache
        kept = json.loads((cache / _FILE).read_text(encoding="utf-8")) if cache else {}
        known = {it: (str(answer), float(at)) for it, (answer, at) in kept.items() if 0 <= now - float(at) < _DAY}
    every = list(dict.fromkeys(addresses))
    wanted = [address for address in every if address not in known][:MOST]
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in wanted:
        by_host[urlsplit(address).netloc].append(address)
    answers = _ask_hosts(by_host.values(), asker, time.monotonic() + _LONGEST)
    if cache is not None:
        with contextlib.suppress(OSError):  # the next run asks again
            cache.mkdir(parents=True, exist_ok=True)
            fresh = cache / f"{_FILE}.{os.getpid()}"
            new = {address: (answer, now) for address, answer in answers.items()}
            fresh.write_text(json.dumps({**known, **new}), encoding="utf-8")
            fresh.replace(cache / _FILE)
    said = {**{address: answer for address, (answer, _) in known.items()}, **answers}
    return {address: said[address] for address in every if said.get(address)}, sum(it not in said for it in every)


def is_public_address(address: str) -> bool:
    """Whether a site may send its checker to an address: a host with a name of the web whose addresses are public, too.

    So a stranger's site asks no service of this machine or of its network, as with themes (`gems/hosts.py`).
    """
    parts = urlsplit(address)
    if not is_public(urlunsplit(("https", parts.netloc, parts.path, "", ""))):
        return False
    if urllib.request.getproxies().get(parts.scheme):
        return True  # the proxy looks names up, and knows what it lets through
    try:
        return all(is_public for _, is_public in look_up(parts.hostname or ""))
    except OSError:
        return True  # the request will say so


class _Asker(NamedTuple):
    """Which hosts may be asked, and whether none may be connected to that has a private address at that moment."""

    may_ask: Callable[[str], bool]
    public: bool


def _ask_hosts(hosts: Iterable[list[str]], asker: _Asker, end: float) -> dict[str, str]:
    """The answers that came until `end`: why an address is dead, '' where it is not.

    A host that sends a byte now and then is not waited for any longer, nor the look-up of a name, which has no limit of its own.
    """
    answers: dict[str, str] = {}
    waiting: deque[list[str]] = deque(hosts)

    def work() -> None:
        while True:
            try:
                host = waiting.popleft()
            except IndexError:  # no host is left
                return
            answers.update(_ask_host(host, asker, end))

    threads = [threading.Thread(target=work, name="links", daemon=True) for _ in range(min(_AT_ONCE, len(waiting)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return answers.copy()


def _ask_host(addresses: Iterable[str], asker: _Asker, end: float) -> Iterator[tuple[str, str]]:
    """The answers of one host, one after the other."""
    for number, address in enumerate(addresses):
        if time.monotonic() > end:
            break
        if number:
            time.sleep(_PAUSE)
        try:
            if asker.may_ask(address):
                yield address, _ask(address, asker)
        except ValueError:
            yield address, "it is no address"


def _ask(address: str, asker: _Asker) -> str:
    """Why an address is dead; '' where it is not, or where that is not certain (a page for members, a slow host)."""
    status = 0
    headers = {"User-Agent": f"mathblog/{__version__} (link check)", "Accept": "*/*"}
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(address.partition("#")[0], headers=headers, method=method)  # noqa: S310 - HTTP only
        try:
            with web_opener(_Redirects(asker.may_ask), public=asker.public).open(request, timeout=_PATIENCE) as answer:
                status = int(answer.status)
        except urllib.error.HTTPError as error:
            error.close()
            status = error.code
        except urllib.error.URLError as error:
            return _reason(error.reason)
        except (OSError, http.client.HTTPException) as error:
            return _reason(error)
        if status not in (*_GONE, *_NO_HEAD):  # some servers say 404 to HEAD alone
            return ""
    return f"the host answers {status}" if status in _GONE else ""


def _reason(cause: object) -> str:
    """Why a request failed, where that means that the address is dead."""
    if isinstance(cause, socket.gaierror):
        return "its host is not known" if cause.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", 0)) else ""
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"the certificate of its host is not good: {cause.verify_message}"
    return "its host refuses the connection" if isinstance(cause, ConnectionRefusedError) else ""


class _Redirects(FewRedirects):
    """Follows few redirects, and none to a host that may not be asked: the address counts as alive then."""

    def __init__(self, may_ask: Callable[[str], bool]) -> None:
        self._may_ask = may_ask

    def redirect_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in ("http", "https") or not self._may_ask(newurl):
            return None
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None:
            following.method = req.get_method()
        return following

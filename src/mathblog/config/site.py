"""The site's names and addresses."""

from urllib.parse import urlsplit

from mathblog.config.settings import Settings
from mathblog.model.options import SiteOptions


def read_site(settings: Settings) -> SiteOptions:
    """Names and addresses. `author` is a name or a mapping with `name` and `email`; addresses are normalised."""
    is_person = isinstance(settings.get("author"), dict)
    author = settings.text("author", "name") if is_person else settings.text("author")
    email = settings.text("author", "email") if is_person else ""
    url = settings.text("url").strip().rstrip("/")
    if url and not url.startswith(("http://", "https://")):
        settings.report(("url",), f"`url` has no scheme: `{url}`", f"write `url: https://{url.lstrip('/')}`")
        url = f"https://{url.lstrip('/')}"
    baseurl = settings.text("baseurl").strip()
    if baseurl.startswith(("http://", "https://")):
        parts = urlsplit(baseurl)
        hint = f"write `url: {parts.scheme}://{parts.netloc}` and `baseurl: {parts.path.rstrip('/') or chr(34) * 2}`"
        settings.report(("baseurl",), "`baseurl` is the path of the site, without its host", hint)
        url, baseurl = url or f"{parts.scheme}://{parts.netloc}", parts.path
    baseurl = baseurl.strip("/")
    return SiteOptions(
        title=settings.text("title") or settings.text("name"),
        description=settings.text("description"),
        author=author,
        email=settings.text("email") or email,
        lang=settings.text("lang") or settings.text("locale") or SiteOptions().lang,
        url=url,
        baseurl=f"/{baseurl}" if baseurl else "",
    )

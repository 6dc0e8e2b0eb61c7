"""The site's names and addresses."""

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from mathblog.config.known_plugins import GITHUB
from mathblog.config.settings import Settings
from mathblog.model.options import SiteOptions
from mathblog.model.plugins import GITHUB_METADATA, POLYGLOT
from mathblog.model.values import Value


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


def read_github(settings: Settings, plugins: Collection[str]) -> dict[str, Value]:
    """`github`, as `site.github` shows it: what jekyll-github-metadata knows of `repository: owner/name` without GitHub's server.

    The names are those of its `metadata_drop.rb`; the branch is the one that its `repository_compat.rb` takes where the
    server says nothing. Values of the site's own win. Empty without the plugin, or without a repository.
    """
    owner, slash, name = settings.text("repository").strip().partition("/")
    if not (slash and owner and name) or not {GITHUB, GITHUB_METADATA} & set(plugins):
        return {}
    own = settings.get("github")
    if own is not None and not isinstance(own, Mapping):
        return {}
    is_users = name.lower() in (f"{owner}.github.io".lower(), f"{owner}.github.com".lower())
    of_owner, branch = f"https://github.com/{owner}", "master" if is_users else "gh-pages"
    repository, baseurl = f"{of_owner}/{name}", "" if is_users else f"/{name}"
    known: dict[str, Value] = {
        "api_url": "https://api.github.com", "baseurl": baseurl, "clone_url": f"{repository}.git",
        "help_url": "https://docs.github.com", "hostname": "github.com", "is_project_page": not is_users,
        "is_user_page": is_users, "issues_url": f"{repository}/issues", "owner_gravatar_url": f"{of_owner}.png",
        "owner_name": owner, "owner_url": of_owner, "pages_hostname": "github.io", "project_title": name,
        "releases_url": f"{repository}/releases", "repository_name": name, "repository_nwo": f"{owner}/{name}",
        "repository_url": repository, "source": {"branch": branch, "path": "/"},
        "tar_url": f"{repository}/tarball/{branch}", "url": f"https://{owner.lower()}.github.io{baseurl}",
        "zip_url": f"{repository}/zipball/{branch}",
    }  # fmt: skip
    return {"github": {**known, **(own or {})}}


def read_languages(settings: Settings, plugins: Collection[str]) -> dict[str, Value]:
    """The keys that jekyll-polyglot adds to `site` while it makes the site of the default language (its `patches/jekyll/site.rb`)."""
    if POLYGLOT not in plugins:
        return {}
    language = settings.text("default_lang", default="en")
    return {"active_lang": language, "default_lang": language, "languages": settings.get("languages") or [language]}

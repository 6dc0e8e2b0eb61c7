"""A staged site whose links become relative: `mathblog build --relative`."""

from mathblog.engine.output.publish import Publication
from mathblog.model.options import SiteOptions


def make_relative(publication: Publication, site: SiteOptions) -> None:
    """Rewrite the pages and style sheets of a publication, the site's own files among them. Feeds and maps stay as they are."""
    from mathblog.site.relative import REWRITTEN, Relative

    relative = Relative(site, publication.files())

    def rewrite(path: str, content: bytes) -> bytes:
        """A file that is not UTF-8 stays as it is: where its links are nobody can say."""
        try:
            text = content.decode()
        except UnicodeDecodeError:
            return content
        return relative.rewrite(path, text).encode()

    publication.rewrite(rewrite, REWRITTEN)

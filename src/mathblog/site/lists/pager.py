"""The `paginator` of each page of a list of posts, as in jekyll-paginate and jekyll-paginate-v2."""

from collections.abc import Sequence

from mathblog.core.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Pager:
    """A list cut into pages. `urls` are their addresses; `paths` the same as Jekyll's templates know them.

    The two differ where `paginate_path` is written without a `/` at its end: Jekyll links to `/blog/page2`, which the server
    leads on to `/blog/page2/`.
    """

    posts: tuple[str, ...]
    size: int
    urls: Sequence[str]
    paths: Sequence[str]

    def data(self, number: int) -> dict[str, object]:
        """The paginator of one page, the first being number 1."""
        last = len(self.urls)
        before, after = number - 1 if number > 1 else None, number + 1 if number < last else None
        return {
            "page": number,
            "per_page": self.size,
            "total_posts": len(self.posts),
            "total_pages": last,
            "previous": self.urls[before - 1] if before else "",
            "next": self.urls[after - 1] if after else "",
            "posts": self.posts[(number - 1) * self.size : number * self.size],
            "previous_page": before,
            "previous_page_path": self.paths[before - 1] if before else None,
            "next_page": after,
            "next_page_path": self.paths[after - 1] if after else None,
        }


def count_pages(posts: int, size: int) -> int:
    """The number of pages of `size` posts that a list needs; one without posts has a page, too."""
    return max(1, -(-posts // max(1, size)))

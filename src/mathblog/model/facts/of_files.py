"""The kinds of facts about files among the posts and about images, which `kinds` lists with all others."""

from mathblog.model.facts.kind import Many, One, Origin
from mathblog.model.images.options import ImageSize

HAS_BESIDE = One[bool](
    "has_beside",
    Origin.INPUTS,
    "whether there are files among the posts that are none",
    named="whether there are files among the posts that are none",
    changed="the first such file came to the posts, or the last one went",
    default=False,
)
BESIDE = Many[bool](
    "beside",
    Origin.INPUTS,
    "True for a file among the posts that is none, by its path in the source",
    named="the file `{}` among the posts",
    changed="the file `{}` was added to the posts or removed",
    words=("path",),
)
UNVARIED = Many[str](
    "unvaried",
    Origin.FILE,
    "why no variants can be made of an image, '' for one that should have none; by its path as for `image_size`",
    named="whether variants can be made of the image `{}`",
    changed="variants of the image `{}` can be made, or no more",
    words=("path",),
)
IMAGE_SIZE = Many[ImageSize](
    "image_size",
    Origin.FILE,
    "the size of an image, by the path at which it is published; of one among the posts by its path in the source",
    named="the size of the image `{}`",
    changed="the size of the image `{}` changed",
    words=("path",),
)

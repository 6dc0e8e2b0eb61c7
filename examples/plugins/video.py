"""`{% video dQw4w9WgXcQ title="A lecture" %}`: a video of YouTube's, from the host that sets no cookies before it is played."""

import html
import re

from mathblog.api import Registry, TagCall

_VIDEO = re.compile(r"(?:youtu\.be/|/(?:embed|shorts|live)/|[?&]v=|^)([\w-]{11})(?![\w-])")


def video(call: TagCall) -> str:
    """The frame of a video that is given by its address or its name."""
    found = _VIDEO.search(str(call.arguments[0])) if call.arguments else None
    if found is None:
        raise ValueError(f"`{call.text}` is no video: write its address or the eleven characters of its name")
    title = html.escape(str(call.options.get("title", "Video")))
    return (
        f'<iframe title="{title}" width="640" height="360" loading="lazy" allowfullscreen '
        f'src="https://www.youtube-nocookie.com/embed/{found[1]}"></iframe>'
    )


def setup(registry: Registry) -> None:
    registry.tag("video", video)

"""Digests of page specifications, kept from one build to the next: a server asks for all of them at every save."""

from dataclasses import fields

from mathblog.core.digest import fingerprint
from mathblog.model.output import PageSpec

# all fields but the mapping are words: joined, they are one value to digest instead of seven
_WORDS = tuple(field.name for field in fields(PageSpec) if field.name != "data")


class SpecDigests:
    """The digest of each specification, found by comparing it with the last one for the same file."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[PageSpec, str]] = {}

    def of(self, spec: PageSpec) -> str:
        """The digest of `spec`."""
        known = self._known.get(spec.output_path)
        if known is None or known[0] != spec:
            words = "\0".join(getattr(spec, name) for name in _WORDS)
            known = self._known[spec.output_path] = (spec, fingerprint(words, spec.data))
        return known[1]

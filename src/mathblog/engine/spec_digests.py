"""Digests of page specifications, kept from one build to the next: a server asks for all of them at every save."""

from mathblog.core.digest import fingerprint
from mathblog.model.output import PageSpec


class SpecDigests:
    """The digest of each specification, found by comparing it with the last one for the same file."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[PageSpec, str]] = {}

    def of(self, spec: PageSpec) -> str:
        """The digest of `spec`."""
        known = self._known.get(spec.output_path)
        if known is None or known[0] != spec:
            known = self._known[spec.output_path] = (spec, fingerprint(spec))
        return known[1]

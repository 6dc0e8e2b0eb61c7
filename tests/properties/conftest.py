"""Every promise is kept for a blog of its own."""

import pytest

pytest.register_assert_rewrite("support.site")

from support.site import new_site, site  # noqa: E402 - its assertions are rewritten from here on

__all__ = ["new_site", "site"]

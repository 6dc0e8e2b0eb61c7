"""What a test needs and not every machine has: without it the test is skipped, where CI runs it fails (`.ci/run`)."""

import os

import pytest


def need(found: object, missing: str) -> None:
    """Go on with what was found; `missing` says what is not there, and how to get it."""
    if not found:
        assert "MATHBLOG_REQUIRE_ALL" not in os.environ, missing
        pytest.skip(missing)

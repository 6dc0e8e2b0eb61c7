"""Options of the test run."""

import os
import signal
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from support.templates import remember_templates

pytest.register_assert_rewrite("support.site")  # before any test imports it

os.environ["MATHBLOG_OFFLINE"] = (
    "1"  # no test asks the network for a theme; those that fetch one have a server of their own
)
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(
    prefix="mathblog-tests-"
)  # no test makes a key among the settings of who runs it

remember_templates()

# a failure says what repeats it, and a busy machine is none
settings.register_profile("mathblog", print_blob=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mathblog")
# of `make test &`: the programs that tests interrupt would inherit it
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected parts of tests/golden/*.md")

"""Options of the test run."""

import os
import signal
import tempfile

import pytest
from hypothesis import settings

os.environ["MATHBLOG_OFFLINE"] = (
    "1"  # no test asks the network for a theme; those that fetch one have a server of their own
)
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp(
    prefix="mathblog-tests-"
)  # no test makes a key among the settings of who runs it

settings.register_profile("mathblog", print_blob=True)  # a failure says what repeats it
settings.load_profile("mathblog")
# of `make test &`: the programs that tests interrupt would inherit it
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected parts of tests/golden/*.md")

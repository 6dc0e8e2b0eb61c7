"""A formula that a build had no time for is rendered by the next one (ADR 61)."""

import pytest

from mathblog.engine.katex.budget import FormulaBudget
from support.site import Site


@pytest.mark.parametrize("config", ["", "time: 2024-05-06\n"])
def test_the_next_build_renders_what_one_had_no_time_for(
    config: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.config(config).post("2018-10-06-a", "$x_1$")
    with monkeypatch.context() as hurried:
        hurried.setattr(FormulaBudget, "begin", lambda self: self.charge(1000))
        site.build()
        assert site.result is not None
        assert [it.code for it in site.result.diagnostics] == ["math"]
    site.build().is_good().has("2018/10/06/a.html", "katex")

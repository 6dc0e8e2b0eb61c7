"""Which preview a request is answered from."""

import asyncio
from pathlib import Path

import pytest

from mathblog.serve import reload
from mathblog.serve.preview import Preview
from mathblog.serve.reload import Hub

OLD, NEW = Preview(1, Path("site")), Preview(2, Path("site"))


async def shown(hub: Hub) -> "asyncio.Task[Preview | None]":
    """A request that comes while a build goes on that a save began, as far as it gets without the build."""
    hub.attach()
    hub.show(OLD)
    assert await hub.current() is OLD
    hub.expect()
    asked = asyncio.create_task(hub.current())
    for _ in range(5):
        await asyncio.sleep(0)
    return asked


def test_a_request_during_a_build_waits_for_what_it_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reload, "_PATIENCE", 60.0)

    async def ask() -> None:
        hub = Hub()
        asked = await shown(hub)
        assert not asked.done()
        hub.show(NEW)
        assert await asked is NEW
        assert await hub.current() is NEW

    asyncio.run(ask())


def test_a_request_does_not_wait_long_for_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reload, "_PATIENCE", 0.0)

    async def ask() -> None:
        assert await (await shown(Hub())) is OLD

    asyncio.run(ask())


def test_a_request_during_a_build_ends_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reload, "_PATIENCE", 60.0)

    async def ask() -> None:
        hub = Hub()
        asked = await shown(hub)
        hub.close()
        assert await asked is OLD

    asyncio.run(ask())

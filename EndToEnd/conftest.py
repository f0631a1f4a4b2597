"""Fixtures: a server, projects in it, its web API, a browser that is signed in."""

import itertools

import pytest

from harness.api import API, WRITING
from harness.browser import Browser
from harness.probe import Builds
from harness.server import SHARED, Flycatcher, Project, binary

numbers = itertools.count(1)


def pytest_sessionstart(session):
    if not binary().exists():
        pytest.exit(f"{binary()} is not there: build it with make release", returncode=2)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The server that most tests share; each makes a project of its own in it."""
    with Flycatcher(tmp_path_factory.mktemp("server") / "data") as running:
        print(f"\nready {running.start_seconds * 1000:.0f} ms after the start, on an empty folder")
        yield running


@pytest.fixture
def own_server(tmp_path):
    """A server on an empty folder that no other test has touched."""
    with Flycatcher(tmp_path / "data") as running:
        yield running


@pytest.fixture
def project(server) -> Project:
    return server.create_project(f"shop {next(numbers)}")


@pytest.fixture(scope="session")
def api(server) -> API:
    return API(server.address, server.create_token())


@pytest.fixture(scope="session")
def editor(server) -> API:
    """The web API with a token that may change issues and rules."""
    return API(server.address, server.create_token("editor", *WRITING))


@pytest.fixture(scope="session")
def chromium(server):
    browser = Browser(server.address)
    browser.sign_in(server.sign_in_link)
    yield browser
    browser.close()


@pytest.fixture
def browser(chromium):
    """Signed in, 1280 wide, light, its console empty."""
    chromium.resize(1280)
    chromium.prefer("light")
    chromium.complaints()
    return chromium


@pytest.fixture(scope="session")
def shared():
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    return SHARED


@pytest.fixture(scope="session")
def builds():
    with Builds() as builds:
        yield builds

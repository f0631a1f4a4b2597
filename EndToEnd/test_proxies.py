"""Behind a real proxy, below a path, everything leads where it should."""

import http.client
import json
import re
from urllib.parse import urlsplit

import pytest
import requests

from harness.proxy import Nginx, free_port, program
from harness.server import Flycatcher
from harness.wire import auth, event, new_id

PATH = "/tools/errors"


@pytest.fixture(params=["strips the path", "keeps the path"])
def proxied(request, tmp_path):
    if not program():
        pytest.skip("nginx is not installed; .ci/install test sees to it")
    port = free_port()
    url = f"http://127.0.0.1:{port}{PATH}"
    options = ("--url", url, "--trusted-proxies", "127.0.0.1")
    server = Flycatcher(tmp_path / "data", *options)
    server.local_port = free_port()
    server._port = lambda: ["--port", str(server.local_port)]
    server._is_ready = lambda: requests.get(f"{url}/health/ready").status_code == 200
    with Nginx(tmp_path / "nginx", port, f"http://127.0.0.1:{server.local_port}", "strips" in request.param):
        server.start()
        yield server, url
        server.stop()


def test_apps_people_and_programs_get_through(proxied):
    server, url = proxied
    assert server.address == url
    dsn = urlsplit(server.started["dsn"])
    assert dsn.path == f"{PATH}/1"

    # An app
    event_id = new_id()
    sent = requests.post(
        f"{url}/api/1/store/", json=event(event_id, user={"ip_address": "{{auto}}"}), headers=auth(dsn.username))
    assert sent.status_code == 200, sent.text

    # A person
    browser = requests.Session()
    page = browser.get(server.sign_in_link).text
    token = re.search('name="form_token" value="([^"]+)"', page).group(1)
    landed = browser.post(server.sign_in_link, data={"form_token": token})
    assert landed.url == f"{url}/settings/account/" and landed.status_code == 200
    stream = browser.get(f"{url}/issues/")
    links = re.findall('(?:href|src|action)="([^"#]+)"', stream.text)
    assert links and all(link.startswith(f"{PATH}/") for link in links), links
    assert {browser.get(f"http://{dsn.hostname}:{dsn.port}{link}").status_code for link in set(links)} == {200}
    hit = browser.get(f"{url}/issues/", params={"query": event_id})
    assert hit.url.endswith(f"/events/{event_id}/")
    assert {cookie.path for cookie in browser.cookies} == {f"{PATH}/"}

    # A program
    api = requests.Session()
    api.headers["Authorization"] = f"Bearer {server.create_token()}"
    issues = api.get(f"{url}/api/0/organizations/flycatcher/issues/")
    assert issues.json()[0]["permalink"].startswith(f"{url}/issues/")
    assert f"<{url}/api/0/organizations/flycatcher/issues/" in issues.headers["Link"]


def test_the_client_is_who_the_proxy_saw(proxied):
    """What the client itself writes into the header is not believed."""
    server, url = proxied
    place = urlsplit(url)
    event_id = new_id()
    connection = http.client.HTTPConnection(place.hostname, place.port, source_address=("127.0.0.2", 0))
    body = json.dumps(event(event_id, user={"ip_address": "{{auto}}"}))
    headers = auth(urlsplit(server.started["dsn"]).username) | {"X-Forwarded-For": "6.6.6.6"}
    connection.request("POST", f"{place.path}/api/1/store/", body, headers)
    assert connection.getresponse().status == 200

    token = server.create_token()
    stored = requests.get(
        f"{url}/api/0/projects/flycatcher/my-app/events/{event_id}/json/", headers={"Authorization": f"Bearer {token}"})
    assert stored.json()["user"]["ip_address"] == "127.0.0.2"

"""TLS by certificate files, renewed while the server runs."""

import socket
import ssl
import subprocess
import time
from urllib.parse import urlsplit

import pytest
import requests

from harness.http import get
from harness.server import Flycatcher, binary
from harness.wire import auth, event, new_id


def make_certificate(folder, name: str) -> None:
    """A certificate of its own for 127.0.0.1."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "new-key.pem",
         "-out", folder / "new-certificate.pem"], check=True, capture_output=True)
    (folder / "new-key.pem").rename(folder / "key.pem")
    (folder / "new-certificate.pem").rename(folder / "certificate.pem")


@pytest.fixture
def server(tmp_path):
    make_certificate(tmp_path, "first")
    server = Flycatcher(
        tmp_path / "data", "--tls-certificate", str(tmp_path / "certificate.pem"), "--tls-key", str(tmp_path / "key.pem"))
    server._is_ready = lambda: True
    with server:
        yield server


def shown_certificate(server) -> bytes:
    address = urlsplit(server.address)
    return ssl.get_server_certificate((address.hostname, address.port)).encode()


def test_events_and_pages_by_https(server, tmp_path):
    assert server.address.startswith("https://")
    ca = str(tmp_path / "certificate.pem")
    sent = requests.post(
        f"{server.address}/api/1/store/", json=event(new_id()), headers=auth(server.dsn.key), verify=ca)
    page = requests.get(server.sign_in_link, verify=ca)

    assert sent.status_code == 200
    assert page.status_code == 200 and "Secure" in page.headers["Set-Cookie"]
    with pytest.raises(ssl.SSLError):
        old = ssl.create_default_context(cafile=ca)
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        address = urlsplit(server.address)
        with socket.create_connection((address.hostname, address.port)) as plain:
            old.wrap_socket(plain, server_hostname=address.hostname)


def test_a_renewed_certificate_is_taken_without_a_restart(server, tmp_path):
    first = shown_certificate(server)
    (tmp_path / "key.pem").write_text("not a key")
    make_certificate(tmp_path, "second")

    deadline = time.monotonic() + 30
    while shown_certificate(server) == first:
        assert time.monotonic() < deadline, server.tail()
        time.sleep(0.2)
    assert shown_certificate(server) == (tmp_path / "certificate.pem").read_bytes()


def test_a_plain_request_does_not_hurt(server):
    address = server.address.replace("https://", "http://")

    assert get(address, "/health/live").status == 0
    assert shown_certificate(server)


@pytest.mark.parametrize("fault", ["certificate", "key", "alone"])
def test_files_that_make_no_sense_are_told_at_the_start(tmp_path, fault):
    make_certificate(tmp_path, "first")
    if fault != "alone":
        (tmp_path / f"{fault}.pem").write_text("nonsense")
    command = [binary(), "serve", "--data", tmp_path / "data", "--port", "0", "--tls-certificate", tmp_path / "certificate.pem"]
    if fault != "alone":
        command += ["--tls-key", tmp_path / "key.pem"]

    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=30)

    assert done.returncode == (2 if fault == "alone" else 1)
    assert "--tls-key" in done.stderr

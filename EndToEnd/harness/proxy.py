"""A real nginx in front of a server, below a path."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

PATHS = os.environ["PATH"] + ":/usr/sbin:/opt/homebrew/bin"


def program() -> str | None:
    return shutil.which("nginx", path=PATHS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """Hands on what comes below `/tools/errors/`, with that path or without."""

    def __init__(self, folder: Path, port: int, upstream: str, strips: bool):
        self.port = port
        self.folder = folder
        folder.mkdir(exist_ok=True)
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.configuration = folder / "nginx.conf"
        self.configuration.write_text(f"""
            daemon off; worker_processes 1; pid {folder}/pid; error_log stderr warn;
            events {{ worker_connections 64; }}
            http {{
              access_log off; {temporary}
              server {{
                listen 127.0.0.1:{port};
                location /tools/errors/ {{
                  proxy_pass {upstream}{"/" if strips else ""};
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Proto $scheme;
                }}
              }}
            }}""")

    def __enter__(self) -> "Nginx":
        self.process = subprocess.Popen([program(), "-c", self.configuration, "-p", self.folder])
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                assert self.process.poll() is None, "nginx has ended"
                assert time.monotonic() < deadline, "nginx does not listen"
                time.sleep(0.01)

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait(10)

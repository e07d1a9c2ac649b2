"""nginx with the configuration that `deploy/` ships, before copies on this machine."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.stream import ROOT, wait

DEPLOY = ROOT / "deploy"
#: Debian keeps it where not everybody looks.
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
PORTS = (8501, 8502)


def shipped(folder: Path, port: int, copies: Sequence[int]) -> Path:
    """The shipped configuration with other ports and another place for its files; all else stays. Answers where it lies."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = _replaced(text, {"listen 8080;": f"listen 127.0.0.1:{port};", "/tmp/b12-nginx": f"{folder}/nginx"})
    ports = {f"127.0.0.1:{ours} ": f"127.0.0.1:{copy} " for ours, copy in zip(PORTS, copies, strict=True)}
    (folder / "copies.conf").write_text(_replaced((DEPLOY / "copies.conf").read_text(encoding="utf-8"), ports), encoding="utf-8")
    configuration = folder / "nginx.conf"
    configuration.write_text(text, encoding="utf-8")
    return configuration


def _replaced(text: str, by: dict[str, str]) -> str:
    for ours, here in by.items():
        if ours not in text:
            raise ValueError(ours)
        text = text.replace(ours, here)
    return text


@contextlib.contextmanager
def proxy(folder: Path, port: int, copies: Sequence[int], log: Path) -> Iterator[None]:
    """nginx before two copies, once it answers; ended afterwards. What it says goes into ``log``."""
    if NGINX is None:
        raise FileNotFoundError("nginx")
    with log.open("wb") as told:
        process = subprocess.Popen([NGINX, "-e", "stderr", "-c", str(shipped(folder, port, copies))], stdout=told, stderr=told)
    try:
        wait(port, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)

"""The recording of throws under the eyes of sanitizers, and in a program that has nothing of Swift's runtime."""

import shutil
import subprocess
from pathlib import Path

import pytest

from harness.server import REPOSITORY

CLANG = shutil.which("clang")
SOURCES = REPOSITORY / "Sources/CFlycatcher"

pytestmark = pytest.mark.skipif(CLANG is None, reason="there is no clang, which comes with Swift")


def libraries() -> list[str]:
    """What the thread sanitizer of Swift's toolchain wants beside it; nothing where it comes with the system."""
    folder = Path(CLANG).resolve().parents[1] / "lib/swift/linux"
    return [f"-L{folder}", "-ldispatch", "-lBlocksRuntime", f"-Wl,-rpath,{folder}"] if folder.is_dir() else []


@pytest.mark.parametrize("options", [
    ["-fsanitize=thread", *(libraries() if CLANG else [])],
    ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
    ["-DWITHOUT_RUNTIME"],
], ids=["threads", "memory", "no runtime"])
def test_throws_are_recorded_without_harm(tmp_path, options):
    program = tmp_path / "stress"
    names = ("cover", "walk", "runtime", "throw_hook", "throw_table")
    built = subprocess.run(
        [CLANG, "-g", "-O1", "-fno-omit-frame-pointer", f"-I{SOURCES / 'include'}", f"-I{SOURCES}",
         *(SOURCES / f"{name}.c" for name in names), REPOSITORY / "Tests/ThrowStress/ThrowStress.c",
         "-o", program, "-pthread", *options], capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stderr[-3000:]

    done = subprocess.run([program], capture_output=True, text=True, timeout=120)

    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")

"""A processor that is not ours alone: a process gets a part of the time, as on a crowded host."""

import os
import signal
import threading

PERIOD = 0.02


class Throttle:
    """From `with` to its end a process runs for a share of the time, and is stopped for the rest of it."""

    def __init__(self, process: int, share: float):
        self.process, self.share = process, share
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Throttle":
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.ended.set()
        self.thread.join()

    def _run(self) -> None:
        while not self.ended.wait(PERIOD * self.share):
            os.kill(self.process, signal.SIGSTOP)
            self.ended.wait(PERIOD * (1 - self.share))
            os.kill(self.process, signal.SIGCONT)

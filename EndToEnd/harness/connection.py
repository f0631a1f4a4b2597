"""One connection of a sender: a request on its way, then its answer, without ever waiting."""

import socket


class Connection:
    """Connects at once; what the system has not done yet is tried again when the socket is ready."""

    def __init__(self, address: tuple[str, int]):
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.left = memoryview(b"")
        self.answer = b""
        self.socket.connect_ex(address)

    def begin(self, request: bytes) -> None:
        self.left, self.answer = memoryview(request), b""

    def send(self) -> bool:
        """Whether the whole request is out."""
        try:
            self.left = self.left[self.socket.send(self.left):]
        except BlockingIOError:
            pass
        return not self.left

    def receive(self) -> bytes | None:
        """The head of the answer when all of it is here, nothing before; an error when the connection is gone."""
        try:
            piece = self.socket.recv(1 << 16)
        except BlockingIOError:
            return None
        if not piece:
            raise ConnectionError
        self.answer += piece
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
        return head if len(body) >= length else None

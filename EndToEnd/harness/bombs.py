"""Small bodies that expand to a gibibyte, made without ever holding one."""

import zlib
from functools import cache
from itertools import repeat

import brotli
import zstandard

GIBIBYTE = 1 << 30
PIECE = b"a" * (1 << 20)


def pieces(head: bytes):
    yield head
    yield from repeat(PIECE, GIBIBYTE // len(PIECE))


def _zlib(head: bytes, window: int) -> bytes:
    deflater = zlib.compressobj(9, zlib.DEFLATED, window)
    return b"".join(map(deflater.compress, pieces(head))) + deflater.flush()


def _brotli(head: bytes) -> bytes:
    compressor = brotli.Compressor(quality=1)
    return b"".join(map(compressor.process, pieces(head))) + compressor.finish()


def _zstd(head: bytes) -> bytes:
    compressor = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join(map(compressor.compress, pieces(head))) + compressor.flush()


@cache
def bomb(encoding: str, head: bytes = b"") -> bytes:
    """A gibibyte of letters behind `head`, compressed."""
    match encoding:
        case "gzip": return _zlib(head, 31)
        case "deflate": return _zlib(head, 15)
        case "raw-deflate": return _zlib(head, -15)
        case "br": return _brotli(head)
        case "zstd": return _zstd(head)
    raise ValueError(encoding)

"""Stands before the capture server of a test: takes TLS off, or is the proxy on the way to it.

    front.py tls CERTIFICATE KEY PORT    decrypts what arrives and hands it to the port on loopback
    front.py tunnel                      opens the tunnels that CONNECT asks for, to loopback only

Prints the port that it listens on, then a line for each connection that got through; ends with its standard input.
"""

import asyncio
import ssl
import sys


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    there = await asyncio.open_connection("127.0.0.1", port)
    print("through", flush=True)
    await asyncio.gather(pump(reader, there[1]), pump(there[0], writer))


async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    method, target, _ = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0].split()
    assert method == b"CONNECT"
    writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
    await join(reader, writer, int(target.rpartition(b":")[2]))


async def main(kind: str, *words: str) -> None:
    context = None
    serve = tunnel
    if kind == "tls":
        certificate, key, port = words
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)
        serve = lambda reader, writer: join(reader, writer, int(port))
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main(*sys.argv[1:]))

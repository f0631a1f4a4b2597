"""What the tests stand on: the server as a process, its web API, raw HTTP, envelopes, a browser."""

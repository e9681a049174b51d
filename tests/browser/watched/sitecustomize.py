"""Python runs this at its start where it finds it: writes down on which address a program listens and which one it calls."""

import os
import sys

NETWORK = ("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto")


def _note(event: str, details: tuple[object, ...]) -> None:
    if event in NETWORK:
        where = details[0] if event == "socket.getaddrinfo" else details[1]
        host = where[0] if isinstance(where, tuple) else where
        with open(os.environ["NETWORK_NOTES"], "a", encoding="utf-8") as notes:
            notes.write(f"{event} {host}\n")


sys.addaudithook(_note)

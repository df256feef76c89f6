"""A program under a terminal of its own, up to its first prompt."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

from .processes import Failed

LIMIT = 10.0


def seconds_to(text: str, command: list[str], environment: dict[str, str]) -> float:
    """Seconds from the start of a program until a text stands on its terminal; the program is then sent away."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        try:
            os.execve(command[0], command, environment)
        finally:
            os._exit(127)
    try:
        # Before the program can have started; without a size some programs take a terminal for a bad one.
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        wait_for(text.encode(), terminal, began + LIMIT)
        return time.perf_counter() - began
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def wait_for(text: bytes, terminal: int, deadline: float) -> None:
    shown = b""
    while text not in shown:
        ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.perf_counter()))
        try:
            more = os.read(terminal, 65_536) if ready else b""
        except OSError:  # Linux says so when the program has closed its terminal.
            more = b""
        if not more:
            raise Failed(f"no {text.decode()!r} came in {shown.decode(errors='replace')!r}")
        shown += more

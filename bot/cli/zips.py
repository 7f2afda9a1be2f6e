"""Zip files that come from anywhere: read in place, within limits, and nothing is unpacked."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from bot.cli.json_lists import NotAList
from bot.core.errors import FileUnreadable

MEGABYTE: Final = 1_000_000
TIGHTEST: Final = 250
"""So many times its size a file may unpack to; exports do to 20 or 30 times."""
_FAILURES: Final = (
    *(BadZipFile, zlib.error, LZMAError, EOFError, OSError),
    *(RuntimeError, ValueError),  # encrypted, packed in an unknown way; nonsense in a header
)


def opened(source: str) -> ZipFile:
    """A zip file. Raises FileUnreadable."""
    try:
        archive = ZipFile(source)
        unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > MEGABYTE + TIGHTEST * Path(source).stat().st_size:
            raise FileUnreadable(f"({source}: it is packed more tightly than talk can be)")
    except _FAILURES as error:
        told = getattr(error, "strerror", None) or "it is no zip file"
        raise FileUnreadable(f"({source}: {told})") from None
    return archive


@contextmanager
def entry(archive: ZipFile, info: ZipInfo, most: int) -> Iterator[IO[bytes]]:
    """One of its files, of at most so many bytes.

    Raises NotAList, for what goes wrong while it is read, too.
    """
    if info.file_size > most:
        raise NotAList(f"it is larger than {most // MEGABYTE:,} MB")
    if info.file_size > MEGABYTE + TIGHTEST * info.compress_size:
        raise NotAList("it is packed more tightly than talk can be")
    try:
        with archive.open(info) as file:
            yield file
    except _FAILURES as error:
        is_encrypted = "encrypted" in str(error)
        raise NotAList("it is encrypted" if is_encrypted else "it is damaged") from None

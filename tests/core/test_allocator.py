"""However many threads work, memory comes from one pool."""

import platform
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

_POOLS: Final = """
import ctypes, sys
from threading import Barrier, Thread
from bot.core import allocator

if sys.argv[1] == "shared":
    allocator.share_one_pool()
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
library.malloc.restype = ctypes.c_void_p
gate = Barrier(9)

def work():
    gate.wait()
    library.malloc(ctypes.c_size_t(50_000))
    gate.wait()

threads = [Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
gate.wait()
gate.wait()
out = ctypes.c_void_p(library.fopen(sys.argv[2].encode(), b"w"))
library.malloc_info(0, out)
library.fclose(out)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="pools of threads: the GNU C library")
def test_threads_take_memory_from_one_pool(tmp_path: Path) -> None:
    def pools(how: str) -> int:
        told = tmp_path / how
        subprocess.run([sys.executable, "-c", _POOLS, how, str(told)], check=True, timeout=60)
        return told.read_text("utf-8").count("<heap ")

    assert pools("shared") == 1
    assert pools("each") > 1

"""Unpacking a gzip file once, streaming, into a cache folder that is given."""

import gzip
import hashlib
import shutil
import zlib
from io import BufferedWriter
from pathlib import Path

from auramail.core.errors import NeedsPersonError
from auramail.core.wording import Wording

BLOCK = 1024 * 1024
SPARE_SPACE = 64 * 1024 * 1024
"""Bytes that unpacking leaves free on the disk."""


def is_gzip(path: Path) -> bool:
    """Whether the file is packed with gzip (RFC 1952), whatever its name."""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def unpacked(path: Path, cache: Path, spare: int = SPARE_SPACE) -> Path:
    """The unpacked file in the cache; unpacked now if it is not there yet, in place of what an older file left.

    Raises NeedsPersonError if the file is damaged or less than `spare` bytes would stay free.
    """
    state = path.stat()
    source = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]
    target = cache / f"{source}-{state.st_size:x}-{state.st_mtime_ns:x}"
    if target.exists():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    for older in cache.glob(f"{source}-*"):
        older.unlink(missing_ok=True)
    part = target.with_suffix(".part")
    try:
        with gzip.open(path, "rb") as packed, part.open("wb") as plain:
            _copy(packed, plain, path, spare)
        part.replace(target)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NeedsPersonError(
            Wording.of("{path} is damaged: it cannot be unpacked to its end.", path=path),
            Wording.of("Download or copy it once more."),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _copy(packed: gzip.GzipFile, plain: BufferedWriter, path: Path, spare: int) -> None:
    cache = Path(plain.name).parent
    while block := packed.read(BLOCK):
        if shutil.disk_usage(cache).free < len(block) + spare:
            raise NeedsPersonError(
                Wording.of("There is not enough free space in {cache} to unpack {path}.", cache=cache, path=path),
                Wording.of("Free some space, or unpack the file yourself and name the unpacked one."),
            )
        plain.write(block)

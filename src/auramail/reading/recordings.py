"""Recordings of speech: what kind of file it is by its first bytes, and how long it lasts as far as its headers say.

RFC 9639 (FLAC), RFC 3533 and 7845 (Ogg, Opus), RFC 9559 (Matroska and WebM), ISO/IEC 14496-12 (MP4),
ISO/IEC 11172-3 (MPEG audio), and Microsoft's and IBM's RIFF WAVE of 1991.
"""

import struct
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

LONGEST_BYTES: Final = 5_000_000
LONGEST_SECONDS: Final = 60.0
_LENIENCE: Final = 1.0
"""Seconds: a recorder that is stopped at a minute writes a little more."""
_KBIT: Final[Mapping[int, tuple[int, ...]]] = MappingProxyType(
    {
        3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
        2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
    }
)
"""Layer III, by version: MPEG-1, and 2 or 2.5."""


def kind_of(data: bytes) -> str | None:
    """The content type of a recording; None if its first bytes are those of no kind that is taken."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[4:8] == b"ftyp":
        return "audio/mp4"
    if data[:3] == b"ID3" or (len(data) > 3 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    starts = {b"\x1a\x45\xdf\xa3": "audio/webm", b"OggS": "audio/ogg", b"fLaC": "audio/flac"}
    return starts.get(data[:4])


def is_too_long(data: bytes, kind: str) -> bool:
    """Whether a recording says that it lasts for more than a minute; one that does not say so is taken at its size."""
    try:
        seconds = _CLOCKS[kind](data)
    except (struct.error, IndexError, ZeroDivisionError):
        return False
    return seconds > LONGEST_SECONDS + _LENIENCE


def _wav(data: bytes) -> float:
    place = data.index(b"fmt ") if b"fmt " in data[:4096] else len(data)
    (rate,) = struct.unpack_from("<I", data, place + 16)
    return len(data) / float(rate)


def _flac(data: bytes) -> float:
    """STREAMINFO comes first: 20 bits of sample rate, 36 bits of samples."""
    packed = int.from_bytes(data[18:26], "big")
    return float((packed & 0xFFFFFFFFF) / (packed >> 44))


def _ogg(data: bytes) -> float:
    """The position of the last page; Opus counts 48,000 in a second whatever was recorded."""
    last = data.rfind(b"OggS")
    (position,) = struct.unpack_from("<q", data, last + 6)
    vorbis = data[:4096].find(b"\x01vorbis")
    rate = struct.unpack_from("<I", data, vorbis + 12)[0] if vorbis >= 0 else 48_000
    return float(position / rate)


def _mp4(data: bytes) -> float:
    place = data.find(b"mvhd") + 4
    if place < 4:
        return 0.0
    wide = data[place] == 1
    scale, length = struct.unpack_from(">IQ" if wide else ">II", data, place + (20 if wide else 12))
    return float(length / scale)


def _mpeg(data: bytes) -> float:
    """As if all frames were like the first; what comes before it (ID3) is skipped."""
    place = 0
    if data[:3] == b"ID3":
        size = 0
        for byte in data[6:10]:
            size = size << 7 | byte & 0x7F
        place = 10 + size
    version, rate = (data[place + 1] >> 3) & 3, data[place + 2] >> 4
    return (len(data) - place) * 8 / (_KBIT[3 if version == 3 else 2][rate] * 1000)


def _webm(data: bytes) -> float:
    """When the last cluster begins: a recorder that streams writes no length. A millisecond is the usual unit."""
    cluster = data.rfind(b"\x1f\x43\xb6\x75")
    stamp = data.find(b"\xe7", cluster, cluster + 16) if cluster >= 0 else -1
    if stamp < 0:
        return 0.0
    width = data[stamp + 1] & 0x0F
    return int.from_bytes(data[stamp + 2 : stamp + 2 + width], "big") / 1000


_CLOCKS: Final[Mapping[str, Callable[[bytes], float]]] = MappingProxyType(
    {
        "audio/wav": _wav,
        "audio/flac": _flac,
        "audio/ogg": _ogg,
        "audio/mp4": _mp4,
        "audio/mpeg": _mpeg,
        "audio/webm": _webm,
    }
)

"""Recordings of silence in each kind of file that a browser or a telephone makes, as short as their formats allow."""

import io
import struct
import wave
from collections.abc import Callable, Mapping
from types import MappingProxyType


def wav(seconds: float) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(1)
        written.setframerate(8000)
        written.writeframes(bytes([128]) * round(8000 * seconds))
    return file.getvalue()


def flac(seconds: float) -> bytes:
    """The marker and STREAMINFO (RFC 9639, 8.2): block sizes, frame sizes, then rate, channels, bits and samples."""
    rate = 44_100
    packed = rate << 44 | 15 << 36 | round(rate * seconds)
    return b"fLaC" + bytes([0x80, 0, 0, 34]) + bytes(10) + packed.to_bytes(8, "big") + bytes(16)


def ogg(seconds: float) -> bytes:
    """Two pages (RFC 3533, 6); positions of Opus count 48,000 a second (RFC 7845, 4)."""
    return _page(0) + b"OpusHead" + bytes(11) + _page(round(48_000 * seconds)) + bytes(20)


def vorbis(seconds: float) -> bytes:
    head = b"\x01vorbis" + struct.pack("<IBI", 0, 1, 16_000) + bytes(14)
    return _page(0) + head + _page(round(16_000 * seconds)) + bytes(20)


def _page(position: int) -> bytes:
    return b"OggS" + bytes(2) + struct.pack("<q", position) + bytes(13)


def mp4(seconds: float) -> bytes:
    """A ftyp and a moov with mvhd of version 0 (ISO/IEC 14496-12, 8.2.2)."""
    mvhd = b"mvhd" + bytes(12) + struct.pack(">II", 1000, round(1000 * seconds)) + bytes(80)
    return b"\x00\x00\x00\x14ftypM4A \x00\x00\x00\x00isom" + struct.pack(">I", len(mvhd) + 12) + b"moov" + mvhd


def mp3(seconds: float) -> bytes:
    """Frames of MPEG-1 layer III at 32 kbit/s: 4,000 bytes a second."""
    return b"\xff\xfb\x10\xc0" + bytes(round(4000 * seconds) - 4)


def tagged_mp3(seconds: float) -> bytes:
    """The same behind an ID3v2 tag of 200 bytes, whose size is written seven bits a byte."""
    return b"ID3\x04\x00\x00" + bytes([0, 0, 1, 72]) + bytes(200) + mp3(seconds)


def webm(seconds: float) -> bytes:
    """The EBML head and two clusters with their times in milliseconds (RFC 9559, 5.1.3)."""
    cluster = b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff"
    return (
        b"\x1a\x45\xdf\xa3\x84webm" + cluster + b"\xe7\x81\x00" + bytes(40)
        + cluster + b"\xe7\x83" + round(1000 * seconds).to_bytes(3, "big") + bytes(40)
    )  # fmt: skip


KINDS: Mapping[str, tuple[str, Callable[[float], bytes]]] = MappingProxyType(
    {
        "wav": ("audio/wav", wav),
        "flac": ("audio/flac", flac),
        "opus": ("audio/ogg", ogg),
        "vorbis": ("audio/ogg", vorbis),
        "m4a": ("audio/mp4", mp4),
        "mp3": ("audio/mpeg", mp3),
        "mp3 with a tag": ("audio/mpeg", tagged_mp3),
        "webm": ("audio/webm", webm),
    }
)

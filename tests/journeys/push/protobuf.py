"""As much of Protocol Buffers as Google's way to a phone needs."""

from __future__ import annotations

import struct
from asyncio import StreamReader

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
SIZES = {FIXED64: 8, FIXED32: 4}
Value = int | bytes


def field(number: int, value: int | str | bytes) -> bytes:
    """One field of a message: whole numbers as varints, texts and bytes behind their length."""
    if isinstance(value, int):
        return varint(number << 3 | VARINT) + varint(value)
    raw = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | BYTES) + varint(len(raw)) + raw


def fixed64(number: int, value: int) -> bytes:
    return varint(number << 3 | FIXED64) + struct.pack("<Q", value)


def varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first, the highest bit saying that more follow."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def fields(message: bytes) -> dict[int, Value]:
    """The fields of a message by number; of a repeated one the last."""
    found: dict[int, Value] = {}
    at = 0
    while at < len(message):
        tag, at = _varint_at(message, at)
        value: Value
        if tag & 7 == VARINT:
            value, at = _varint_at(message, at)
        else:
            size = SIZES.get(tag & 7)
            if size is None:
                size, at = _varint_at(message, at)
            value, at = message[at : at + size], at + size
        found[tag >> 3] = value
    return found


def _varint_at(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (message[at] & 0x7F) << shift
        shift += 7
        at += 1
        if message[at - 1] < 0x80:
            return value, at


async def read_varint(reader: StreamReader) -> int:
    raw = b""
    while not raw or raw[-1] >= 0x80:
        raw += await reader.readexactly(1)
    return _varint_at(raw, 0)[0]

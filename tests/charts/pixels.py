"""Looks into a PNG as resvg writes it: eight bits, four channels."""

import struct
import zlib

Rows = list[bytes]


def rows(png: bytes) -> tuple[int, Rows]:
    """The width in pixels, and each row as RGBA bytes (PNG, third edition, chapter 9)."""
    width, height = struct.unpack(">II", png[16:24])
    data = zlib.decompress(b"".join(_chunks(png, b"IDAT")))
    stride = 4 * width
    found: Rows = []
    above = bytes(stride)
    for row in range(height):
        start = row * (stride + 1)
        above = _unfiltered(data[start], data[start + 1 : start + 1 + stride], above)
        found.append(above)
    return width, found


def ink(png: bytes) -> tuple[int, int]:
    """The first and last column with a pixel that is not clear, or (-1, -1)."""
    width, found = rows(png)
    columns = [column for column in range(width) if any(row[4 * column + 3] for row in found)]
    return (columns[0], columns[-1]) if columns else (-1, -1)


def _chunks(png: bytes, kind: bytes) -> list[bytes]:
    found: list[bytes] = []
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == kind:
            found.append(png[at + 8 : at + 8 + size])
        at += 12 + size
    return found


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    out = bytearray(line)
    for at in range(len(out)):
        left = out[at - 4] if at >= 4 else 0
        corner = above[at - 4] if at >= 4 else 0
        out[at] = (out[at] + _predicted(kind, left, above[at], corner)) & 0xFF
    return bytes(out)


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2)[kind]

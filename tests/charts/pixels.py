"""Looks into a PNG."""

from io import BytesIO

from PIL import Image

Rows = list[bytes]


def rows(png: bytes) -> tuple[int, Rows]:
    """The width in pixels, and each row as RGBA bytes."""
    picture = _opened(png)
    data, stride = picture.tobytes(), 4 * picture.width
    return picture.width, [data[at : at + stride] for at in range(0, len(data), stride)]


def ink(png: bytes) -> tuple[int, int]:
    """The first and last column with a pixel that is not clear, or (-1, -1)."""
    left, _, after, _ = _opened(png).getchannel("A").getbbox() or (-1, 0, 0, 0)
    return left, after - 1


def _opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGBA")

"""Looks into an SVG."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from bot.charts import _text


def texts(svg: str) -> list[Element]:
    """All text elements of a picture, which must be valid XML."""
    return list(fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))


def width(text: Element) -> float:
    """The width of a text element in pixels."""
    return _text.measure(text.text or "", float(text.attrib["font-size"]), int(text.attrib["font-weight"]))

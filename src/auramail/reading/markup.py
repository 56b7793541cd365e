"""schema.org objects in HTML, as JSON-LD or microdata: what a sender says exactly, for machines."""

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auramail.core.messages import Markup
from auramail.reading.invisible import one_line

MOST_OBJECTS = 20
MOST_PROPERTIES = 100
LONGEST_VALUE = 500
LONGEST_SCRIPT = 64 * 1024
DEEPEST = 6
_MOST_BRACKETS = 2000


def read_markup(html: str, tree: LexborHTMLParser) -> tuple[Markup, ...]:
    """The objects of a page, in its order; never fails, broken ones are left out."""
    found: list[Markup] = []
    if "ld+json" in html:
        for script in tree.css('script[type="application/ld+json"]')[:MOST_OBJECTS]:
            found += _read_json(script.text()[:LONGEST_SCRIPT])
    if "itemscope" in html:
        found += _read_microdata(tree)
    return tuple(found[:MOST_OBJECTS])


def _read_json(text: str) -> list[Markup]:
    if text.count("[") + text.count("{") > _MOST_BRACKETS:
        return []
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return []
    found = []
    for thing in _things(data):
        properties: dict[str, str] = {}
        _flatten(thing, "", properties, 0)
        found.append(Markup(_type_of(thing.get("@type")), properties))
    return found


def _things(data: Any) -> Iterator[dict[str, Any]]:
    items = data if isinstance(data, list) else [data]
    for item in items[:MOST_OBJECTS]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (thing for thing in graph[:MOST_OBJECTS] if isinstance(thing, dict))
            elif "@type" in item:
                yield item


def _type_of(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return _clean(str(value or "")).rstrip("/").rpartition("/")[2]


def _flatten(value: Any, path: str, properties: dict[str, str], depth: int) -> None:
    """Write nested properties under dotted names; the items of a list after the first are numbered."""
    if len(properties) >= MOST_PROPERTIES or depth > DEEPEST:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in {"@context", "@id"} and (depth or name != "@type"):
                _flatten(inner, f"{path}.{name}" if path else name, properties, depth + 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value[:MOST_OBJECTS]):
            _flatten(inner, f"{path}.{number}" if number else path, properties, depth + 1)
    elif value is not None and path:
        properties.setdefault(_clean(path), _clean(str(value)))


def _clean(text: str) -> str:
    """One line of text that can be written down: JSON can spell half a surrogate pair and zero bytes."""
    return one_line(text[:LONGEST_VALUE].encode("utf_8", "replace").decode("utf_8"))


def _read_microdata(tree: LexborHTMLParser) -> list[Markup]:
    found = []
    for item in tree.css("[itemscope][itemtype]")[: MOST_OBJECTS * 5]:
        if "itemprop" not in item.attributes:
            properties: dict[str, str] = {}
            for node in item.css("[itemprop]")[:MOST_PROPERTIES]:
                path = _path(node, item)
                if path and "itemscope" not in node.attributes:
                    properties.setdefault(path, _clean(_property_value(node)))
            found.append(Markup(_type_of(item.attributes.get("itemtype")), properties))
        if len(found) >= MOST_OBJECTS:
            break
    return found


def _path(node: LexborNode, item: LexborNode) -> str:
    """The names of the properties from the item down to this node; empty if it belongs to another item."""
    names = [node.attributes.get("itemprop") or ""]
    above = node.parent
    while above is not None and above.mem_id != item.mem_id:
        if "itemscope" in above.attributes:
            name = above.attributes.get("itemprop")
            if not name:
                return ""
            names.append(name)
        above = above.parent
    return _clean(".".join(reversed(names)))


def _property_value(node: LexborNode) -> str:
    attributes = node.attributes
    for name in ("content", "datetime", "href", "src"):
        value = attributes.get(name)
        if value:
            return value
    return node.text()[:LONGEST_VALUE]

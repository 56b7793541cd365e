"""schema.org objects in HTML, as JSON-LD or microdata: what a sender says exactly, for machines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auramail.core.messages import Markup
from auramail.reading.broken_json import load_json
from auramail.reading.invisible import one_line

MOST_OBJECTS = 20
MOST_PROPERTIES = 100
LONGEST_VALUE = 500
LONGEST_SCRIPT = 64 * 1024
DEEPEST = 6
MOST_NODES = 2000
"""Elements with microdata that are looked at."""
_DEEPEST_LIST = 4
_ABOUT_ITSELF = frozenset({"@context", "@id", "@type"})
_NAMESPACE = re.compile(r"^.{0,200}[/#:]")


def read_markup(html: str, tree: LexborHTMLParser) -> tuple[Markup, ...]:
    """The objects of a page, in its order; never fails, what cannot be mended safely is left out."""
    found: list[Markup] = []
    if "ld+json" in html or "LD+JSON" in html:
        for script in tree.css('script[type*="ld+json" i]')[:MOST_OBJECTS]:
            found += _read_json(script.text()[:LONGEST_SCRIPT])
    if "itemscope" in html:
        found += _read_microdata(tree)
    return tuple(found[:MOST_OBJECTS])


def _read_json(text: str) -> list[Markup]:
    data = load_json(text)
    known = {thing["@id"]: thing for thing in _things(data) if isinstance(thing.get("@id"), str) and len(thing) > 1}
    found = []
    for thing in _things(data):
        if "@type" in thing:
            properties: dict[str, str] = {}
            _Flattening(properties, known).write(thing, "", 0)
            found.append(Markup(type_name(thing["@type"]), properties))
    return found


def _things(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects on their own: alone, in a list, or in a @graph, which may stand in a list itself."""
    if depth > _DEEPEST_LIST:
        return
    if isinstance(data, list):
        for item in data[:MOST_OBJECTS]:
            yield from _things(item, depth + 1)
    elif isinstance(data, dict):
        if "@graph" in data:
            yield from _things(data["@graph"], depth + 1)
        else:
            yield data


def type_name(value: object) -> str:
    """`Order` for `http://schema.org/Order`, `schema:Order` and lists that begin with it."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return _NAMESPACE.sub("", _clean(str(value or "")).partition(" ")[0].rstrip("/"))


@dataclass(frozen=True, slots=True)
class _Flattening:
    """Nested properties written under dotted names; the items of a list after the first are numbered."""

    properties: dict[str, str]
    known: dict[str, dict[str, Any]]

    def write(self, value: Any, path: str, depth: int) -> None:
        if len(self.properties) >= MOST_PROPERTIES or depth > DEEPEST:
            return
        if isinstance(value, dict):
            # Of an object with a name only, another place of the graph tells more.
            self._write_object(self.known.get(str(value["@id"]), {}) if set(value) == {"@id"} else value, path, depth)
        elif isinstance(value, list):
            for number, inner in enumerate(value[:MOST_OBJECTS]):
                self.write(inner, f"{path}.{number}" if number else path, depth + 1)
        elif value is not None and path:
            self.properties.setdefault(_clean(path), _clean(str(value)))

    def _write_object(self, value: dict[str, Any], path: str, depth: int) -> None:
        for name, inner in value.items():
            if name == "@value":
                self.write(inner, path, depth + 1)
            elif name == "@type" and depth:
                self.write(type_name(inner), f"{path}.@type", depth + 1)
            elif name not in _ABOUT_ITSELF:
                self.write(inner, f"{path}.{name}" if path else name, depth + 1)


def _clean(text: str) -> str:
    """One line of text that can be written down: JSON can spell half a surrogate pair and zero bytes."""
    return one_line(text[:LONGEST_VALUE].encode("utf_8", "replace").decode("utf_8"))


def _read_microdata(tree: LexborHTMLParser) -> list[Markup]:
    nodes = tree.css("[itemscope], [itemprop]")[:MOST_NODES]
    items = [node for node in nodes if "itemtype" in node.attributes and "itemprop" not in node.attributes]
    found: dict[int, tuple[str, dict[str, str]]] = {
        item.mem_id: (type_name(item.attributes["itemtype"]), {}) for item in items[:MOST_OBJECTS]
    }
    for node in nodes:
        owner, path = _path(node)
        _, properties = found.get(owner, ("", {}))
        if path and len(properties) < MOST_PROPERTIES:
            if "itemscope" in node.attributes:
                properties.setdefault(f"{path}.@type", type_name(node.attributes.get("itemtype")))
            else:
                properties.setdefault(path, _clean(_property_value(node)))
    return [Markup(kind, properties) for kind, properties in found.values()]


def _path(node: LexborNode) -> tuple[int, str]:
    """The item a property belongs to, and the names from it down to here; several names of one are its first."""
    names: list[str] = []
    above: LexborNode | None = node
    while above is not None:
        attributes = above.attributes
        if above is node or "itemscope" in attributes:
            name = (attributes.get("itemprop") or "").split(" ")[0]
            if not name:
                return (above.mem_id, _clean(".".join(reversed(names)))) if "itemscope" in attributes else (0, "")
            names.append(name)
        above = above.parent
    return 0, ""


def _property_value(node: LexborNode) -> str:
    attributes = node.attributes
    for name in ("content", "datetime", "href", "src", "value", "data"):
        value = attributes.get(name)
        if value:
            return value
    return node.text()[:LONGEST_VALUE]

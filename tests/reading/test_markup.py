import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from auramail.core.messages import Markup
from auramail.reading.markup import LONGEST_VALUE, MOST_OBJECTS, MOST_PROPERTIES, read_markup


def read(html: str) -> tuple[Markup, ...]:
    return read_markup(html, LexborHTMLParser(html))


def script(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_json_is_flattened_under_dotted_names() -> None:
    order = {
        "@context": "http://schema.org",
        "@type": "http://schema.org/Order",
        "merchant": {"@type": "Organization", "name": "Rozetka"},
        "acceptedOffer": [{"price": 250.5}, {"price": 3}],
        "isGift": True,
        "note": None,
    }

    assert read(script(order)) == (
        Markup(
            "Order",
            {
                "merchant.@type": "Organization",
                "merchant.name": "Rozetka",
                "acceptedOffer.price": "250.5",
                "acceptedOffer.1.price": "3",
                "isGift": "True",
            },
        ),
    )


def test_lists_and_graphs_are_several_objects() -> None:
    listed = script([{"@type": "A"}, {"@type": ["B", "C"]}, "text", {"no": "type"}])
    graph = script({"@graph": [{"@type": "D"}, {"name": "untyped"}]})

    assert [thing.type for thing in read(listed + graph)] == ["A", "B", "D"]


def test_object_described_elsewhere_in_the_graph_is_put_where_it_is_named() -> None:
    flight = {"@type": "FlightReservation", "reservationFor": {"@id": "#f"}, "url": {"@value": "https://x.example"}}
    graph = script({"@graph": [[flight], {"@id": "#f", "@type": "schema:Flight", "flightNumber": "PS 101"}]})

    assert read(graph)[0] == Markup(
        "FlightReservation",
        {"reservationFor.@type": "Flight", "reservationFor.flightNumber": "PS 101", "url": "https://x.example"},
    )


def test_objects_that_name_each_other_come_to_an_end() -> None:
    graph = script({"@graph": [{"@id": "a", "@type": "A", "b": {"@id": "b"}}, {"@id": "b", "a": {"@id": "a"}}]})

    assert [thing.type for thing in read(graph)] == ["A"]


@pytest.mark.parametrize(
    "written",
    [
        '<!-- {"@type": "Order", "price": 5} -->',
        '//<![CDATA[\n{"@type": "Order", "price": 5}\n//]]>',
        '{"@type": "Order", "price": 5,}',
        '{"@type": "Order", "price": "5", "items": [],\n};',
        "{&quot;@type&quot;: &quot;Order&quot;, &quot;price&quot;: &quot;5&quot;}",
        "{“@type”: “Order”, “price”: “5”}",
        '\ufeff{"@type": "Order", "price": 5}',
    ],
)
def test_json_is_mended_where_what_was_meant_is_certain(written: str) -> None:
    thing = read(f'<script type="application/ld+json">{written}</script>')[0]

    assert (thing.type, thing.properties["price"]) == ("Order", "5")


def test_several_objects_behind_each_other_and_lines_within_a_text_are_read() -> None:
    written = '{"@type": "A", "name": "one\ntwo"} {"@type": "B", "name": "a, ]"}'
    first, second = read(f"<script type='Application/LD+JSON; charset=utf-8'>{written}</script>")

    assert (first.properties, second.properties) == ({"name": "one two"}, {"name": "a, ]"})


@pytest.mark.parametrize("written", ['{"@type": "Order", "price"', "{'@type': 'Order'}", "Order", "", "[[[[[[[[[["])
def test_json_that_might_mean_anything_is_left_out(written: str) -> None:
    assert read(f'<script type="application/ld+json">{written}</script>') == ()


def test_microdata_is_read_with_its_nested_items() -> None:
    html = """
      <div itemscope itemtype="http://schema.org/Invoice">
        <meta itemprop="accountId" content="77"><span itemprop="name">Water  bill</span>
        <div itemprop="totalPaymentDue" itemscope itemtype="http://schema.org/PriceSpecification">
          <meta itemprop="price" content="250.00"><time itemprop="validFrom" datetime="2026-11-18">today</time>
        </div>
        <a itemprop="url" href="https://x.example">pay</a>
        <div itemscope itemtype="http://schema.org/Thing"><span itemprop="name">another</span></div>
      </div>
    """

    invoice, thing = read(html)

    assert invoice == Markup(
        "Invoice",
        {
            "accountId": "77",
            "name": "Water bill",
            "totalPaymentDue.@type": "PriceSpecification",
            "totalPaymentDue.price": "250.00",
            "totalPaymentDue.validFrom": "2026-11-18",
            "url": "https://x.example",
        },
    )
    assert thing == Markup("Thing", {"name": "another"})


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[" * 100_000, '{"@type":' * 3000, "5", "null", '"text"'])
def test_broken_json_is_left_out(text: str) -> None:
    assert read(f'<script type="application/ld+json">{text}</script>') == ()


def test_much_markup_is_cut() -> None:
    crowded = {"@type": "A", "long": "x" * 1000} | {f"p{number}": "x" for number in range(120)}

    many = read(script([crowded] * 21))

    assert len(many) == MOST_OBJECTS
    assert {len(thing.properties) for thing in many} == {MOST_PROPERTIES}
    assert many[0].properties["long"] == "x" * LONGEST_VALUE


def test_half_characters_cannot_be_smuggled_in() -> None:
    (thing,) = read('<script type="application/ld+json">{"@type": "A", "name": "x\\ud800y\\u0000"}</script>')

    assert thing.properties["name"] == "x?y"


@given(
    st.recursive(
        st.none() | st.text(max_size=5) | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["@type", "@graph", "name"]), inner),
    )
)
def test_any_json_has_some_objects_or_none(data: object) -> None:
    read(script(data))

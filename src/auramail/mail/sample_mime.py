"""Drafts of the sample mailbox as RFC 822 bytes, with the headers a receiving server at Google would add."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from auramail.core.labels import SENT
from auramail.core.messages import Address
from auramail.mail.sample_text import Draft, fill_in

LONGEST_WORD = 45
"""Bytes in one encoded word: 60 characters of base64, within the 75 of RFC 2047."""
PART_ORDER = ("text", "html", "calendar", "attach")


def write_message(draft: Draft, others: Mapping[str, Draft], person: Address, day: date) -> bytes:
    """The message as the mailbox received it; the same bytes for the same day. `others` are those it may answer."""
    written = draft.written(day)
    for part in draft.parts:
        if part.kind == "raw":
            text = fill_in(part.content, written).replace("\n", "\r\n")
            return text.encode(draft.fields.get("charset", "utf-8"), "surrogateescape")
    headers = (
        f"{name}: {encode_words(fill_in(value, written))}\r\n" for name, value in _headers(draft, others, person, day)
    )
    return "".join(headers).encode() + _body(draft, written)


def encode_words(value: str) -> str:
    """RFC 2047 words for what is not ASCII, an address or id in angle brackets at the end left as it is."""
    if value.isascii():
        return value
    text, bracket, rest = value.rpartition(" <") if value.endswith(">") else (value, "", "")
    pieces, piece = [], ""
    for character in text.strip('"'):
        if len((piece + character).encode()) > LONGEST_WORD:
            pieces.append(piece)
            piece = ""
        piece += character
    words = (f"=?UTF-8?B?{base64.b64encode(piece.encode()).decode()}?=" for piece in (*pieces, piece))
    return "\r\n ".join(words) + bracket + rest


def _headers(draft: Draft, others: Mapping[str, Draft], person: Address, day: date) -> list[tuple[str, str]]:
    written = draft.written(day)
    own = f"{person.name} <{person.address}>"
    headers = [
        *_trace(draft, person, written),
        ("From", draft.fields.get("from", own)),
        ("To", draft.fields.get("to", own)),
        ("Subject", draft.fields.get("subject", "")),
        ("Date", format_datetime(written)),
        ("Message-ID", message_id(draft, day)),
        *draft.headers,
        *_list_headers(draft),
    ]
    chain: list[str] = []
    earlier = others.get(draft.fields.get("reply", ""))
    while earlier:
        chain.insert(0, message_id(earlier, day))
        earlier = others.get(earlier.fields.get("reply", ""))
    if chain:
        headers += [("In-Reply-To", chain[-1]), ("References", " ".join(chain))]
    return headers


def message_id(draft: Draft, day: date) -> str:
    domain = parseaddr(draft.fields.get("from", ""))[1].rpartition("@")[2] or "auramail.example"
    return f"<{draft.name}.{draft.written(day):%Y%m%d}@{domain}>"


def _list_headers(draft: Draft) -> list[tuple[str, str]]:
    """What `list: Name <id>` stands for: RFC 2919, and one-click unsubscribing by RFC 8058 with its signature."""
    if "list" not in draft.fields:
        return []
    domain = parseaddr(draft.fields["from"])[1].rpartition("@")[2]
    signed = "h=from:to:subject:date:message-id:list-unsubscribe:list-unsubscribe-post"
    body_hash = base64.b64encode(hashlib.sha256(draft.name.encode()).digest()).decode()
    return [
        ("List-Id", draft.fields["list"]),
        ("List-Unsubscribe", f"<https://{domain}/unsubscribe/{draft.name}>, <mailto:unsubscribe@{domain}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        (
            "DKIM-Signature",
            f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=mail; {signed}; bh={body_hash}; b=Zm9y",
        ),
    ]


def _trace(draft: Draft, person: Address, written: datetime) -> list[tuple[str, str]]:
    """What Gmail's servers put on top (RFC 8601 for the results): `auth:` is pass, fail or none."""
    if SENT in draft.labels:
        return []
    sender = parseaddr(draft.fields.get("from", ""))[1]
    envelope = draft.fields.get("envelope", sender)
    domain, host = sender.rpartition("@")[2], envelope.rpartition("@")[2]
    auth = draft.fields.get("auth", "pass")
    number = int(hashlib.sha256(draft.name.encode()).hexdigest()[:6], 16)
    address = f"203.0.113.{number % 250 + 1}"
    mail_from = f"smtp.mailfrom={envelope}"
    if auth == "pass":
        permitted = f"spf=pass (google.com: domain of {envelope} designates {address} as permitted sender) {mail_from}"
        policy = f"dmarc=pass (p=QUARANTINE sp=QUARANTINE dis=NONE) header.from={domain}"
        results = f"dkim=pass header.i=@{domain} header.s=mail header.b=Zk{number:x}; {permitted}; {policy}"
    elif auth == "fail":
        refused = f"spf=fail (google.com: domain of {envelope} does not designate {address} as permitted sender)"
        results = f"{refused} {mail_from}; dmarc=fail (p=NONE sp=NONE dis=NONE) header.from={domain}"
    else:
        results = f"spf=none (google.com: {envelope} does not designate permitted sender hosts) {mail_from}"
    passed = f"from mail.{host} (mail.{host}. [{address}]) by mx.google.com with ESMTPS id m{number:x}"
    date_of_arrival = format_datetime(written)
    return [
        ("Delivered-To", person.address),
        ("Received", f"by 2002:a05:7208:{number % 9999:x} with SMTP id s{number:x}; {date_of_arrival}"),
        ("Return-Path", f"<{envelope}>"),
        ("Received", f"{passed} for <{person.address}>; {date_of_arrival}"),
        ("Authentication-Results", f"mx.google.com; {results}"),
    ]


def _body(draft: Draft, written: datetime) -> bytes:
    message = EmailMessage(policy=SMTP)
    charset = draft.fields.get("charset", "utf-8")
    for part in sorted(draft.parts, key=lambda part: PART_ORDER.index(part.kind)):
        content = fill_in(part.content, written)
        if part.kind == "attach":
            content_type, _, filename = part.details.partition(" ")
            main, _, sub = content_type.partition("/")
            message.add_attachment(content.encode(), main, sub, filename=filename)
        elif part.kind == "calendar":
            method = {"method": part.details, "charset": "UTF-8"}
            message.add_alternative(content.replace("\n", "\r\n").encode(), "text", "calendar", params=method)
        elif "Content-Type" in message:
            message.add_alternative(content, subtype=part.kind, charset=charset)
        else:
            message.set_content(content, subtype={"text": "plain"}.get(part.kind, part.kind), charset=charset)
    for number, piece in enumerate(message.walk()):
        if piece.is_multipart():
            # A boundary of chance would make another message, with another id, at every reading.
            piece.set_boundary(f"=_{draft.name}_{number}")
    return message.as_bytes()

"""Attachments: files that run, that imitate others, or that hide from scanners."""

import re
from typing import Final

from auramail.core.accounts import Person
from auramail.core.findings import Finding
from auramail.core.messages import Attachment, Message
from auramail.core.wording import Wording
from auramail.guards.sender import UNLIKELY_HARMFUL, standing
from auramail.guards.suspicion import Suspicion, finding

PROGRAMS: Final = frozenset(
    {"ace", "appx", "bat", "cab", "chm", "cmd", "com", "cpl", "dll", "exe", "hta", "inf", "iso", "img", "jar", "js"}
    | {"jse", "lnk", "msi", "msix", "one", "pif", "ps1", "reg", "scr", "sct", "udf", "url", "vb", "vbe", "vbs", "vhd"}
    | {"vhdx", "wsc", "wsf", "wsh", "xll", "apk", "dmg"}
)
SCRIPTS_OF_DEVELOPERS: Final = frozenset({"js", "bat", "cmd", "ps1", "reg", "inf", "url", "jar", "dmg", "apk", "vb"})
"""What people who write programs send each other too."""
MACROS: Final = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "ppam", "potm", "sldm"})
PAGES: Final = frozenset({"htm", "html", "shtml", "xhtml", "mht", "mhtml", "svg", "xht"})
ARCHIVES: Final = frozenset({"zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "arj", "z", "lzh"})
DOCUMENTS: Final = frozenset(
    {"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "rtf", "txt", "odt", "csv", "jpg", "jpeg", "png", "gif"}
    | {"mp3", "wav", "mp4", "zip", "rar"}
)
RUNNING_TYPES: Final = frozenset({"text/html", "application/x-msdownload", "application/x-dosexec"})
LONGEST_READ: Final = 20_000
SHARE_OF_FRIENDS: Final = 0.5
PASSWORD_GIVEN: Final = 3.4
PAPERS: Final = re.compile(
    r"inv|pay|bill|fax|voice|(?:^|[^a-z])vm|remit|order|po[_ -]?\d|doc|scan|state|secure|play|record|contract|sign"
    r"|rechnung|mahn|fakt|fact"
    r"|fatt|bollett|fatur|recib|somat|notif|vymoh|вимог|рахун|акт|счет|счёт|накладн|повіст|штраф|квитанц",
    re.IGNORECASE,
)
"""Names of papers that nobody sends as a web page."""
DIRECTION_MARKS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
PASSWORD_HINT: Final = re.compile(
    r"(?:password|passcode|pass|archive code|парол[ья]|passwort|kennwort|hasło|mot de passe|contraseña|senha|heslo"
    r"|şifre|parola)(?: {1,3}\d{3,12}\b|"
    r"(?: {1,3}\w{1,20}){0,4} {0,3}(?:[:=\-–—]|\bis\b|\bist\b|\blautet\b)\s{0,3}[\"'«“]?\S{3,30})",
    re.IGNORECASE,
)


def inspect(message: Message, person: Person) -> Finding | None:
    """Look at the names and types of what is attached; files of people the person knows weigh half."""
    if not message.attachments:
        return None
    suspicions = [suspicion for attachment in message.attachments if (suspicion := suspect(attachment))]
    packed = next((each for each in message.attachments if ending(each.filename) in ARCHIVES), None)
    hint = PASSWORD_HINT.search(message.text[:LONGEST_READ]) if packed else None
    if packed and hint:
        suspicions.append(
            Suspicion(
                PASSWORD_GIVEN,
                Wording.of(
                    "The password of {file} is in the message: “{words}”", file=packed.filename, words=hint.group()
                ),
            )
        )
    is_likely_honest = standing(message, person) in UNLIKELY_HARMFUL or "list-id" in message.headers
    share = SHARE_OF_FRIENDS if is_likely_honest else 1.0
    return finding("attachments", [Suspicion(each.weight * share, each.evidence) for each in suspicions])


def ending(filename: str) -> str:
    """What follows the last dot, lower case; systems ignore blanks and dots at the end."""
    name = filename.rstrip(" .").lower()
    return name.rpartition(".")[2].strip() if "." in name else ""


def suspect(attachment: Attachment) -> Suspicion | None:
    """The worst that can be said of one file, or nothing."""
    name, last = attachment.filename, ending(attachment.filename)
    if DIRECTION_MARKS.search(name):
        return Suspicion(5.5, Wording.of("{file} hides its real ending behind direction marks", file=name))
    if last in PROGRAMS | PAGES and ending(name.rstrip(" .")[: -len(last) - 1]) in DOCUMENTS:
        return Suspicion(5.0, Wording.of("{file} is made to look like a document", file=name))
    if last in ARCHIVES and ending(name.rstrip(" .")[: -len(last) - 1]) in DOCUMENTS - ARCHIVES - {"csv", "txt"}:
        return Suspicion(2.0, Wording.of("{file} is made to look like a document", file=name))
    if last in DOCUMENTS and attachment.content_type in RUNNING_TYPES:
        return Suspicion(3.0, Wording.of("{file} is really of type {type}", file=name, type=attachment.content_type))
    return _by_ending(name, last)


def _by_ending(name: str, last: str) -> Suspicion | None:
    if last in PROGRAMS:
        weight = 2.5 if last in SCRIPTS_OF_DEVELOPERS else 4.7
        return Suspicion(weight, Wording.of("{file} is a program or can start one", file=name))
    if last in MACROS:
        return Suspicion(2.5, Wording.of("{file} may hold macros", file=name))
    if last in PAGES:
        weight = 2.7 if last in {"htm", "html", "svg"} and not PAPERS.search(name) else 4.2
        return Suspicion(weight, Wording.of("{file} is a web page that would open on your computer", file=name))
    return None

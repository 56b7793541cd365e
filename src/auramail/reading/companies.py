"""Which organisation a message comes from: exact markup, the sender's name, or a legal form in the text."""

import re

from auramail.core.messages import Message

LONGEST_NAME = 80
LONGEST_TEXT = 20_000

PRIVATE_PROVIDERS = frozenset(
    {
        *("gmail.com", "googlemail.com", "ukr.net", "i.ua", "meta.ua", "bigmir.net", "email.ua", "online.ua"),
        *("outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com", "icloud.com", "me.com"),
        *("mac.com", "aol.com", "proton.me", "protonmail.com", "pm.me", "tutanota.com", "gmx.com", "gmx.de", "gmx.net"),
        *("web.de", "t-online.de", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "mail.com", "zoho.com", "fastmail.com"),
        *("hey.com", "yandex.ru", "mail.ru", "bk.ru", "list.ru", "inbox.ru", "rambler.ru"),
    }
)
"""Domains whose addresses belong to people (and to some small businesses)."""

_ROLES = re.compile(
    r"(?:no-?reply|do-?not-?reply|info|billing|invoices?|accounts?|accounting|payments?|pay|support|help|service|"
    r"office|sales|orders?|shop|store|news|newsletter|updates?|marketing|promo|hello|hi|contact|team|notifications?|"
    r"notify|"
    r"alerts?|security|mail(?:er)?|admin|booking|reservations?|tickets?|delivery|receipts?|bot|digest|events?|hr|jobs|"
    r"careers|press|welcome|care|client|customers?|feedback|robot|auto|system|e?mail|"
    r"ra(?:k?h)un(?:ok|ky)|oplata|plat[ei]zh[iy]?|abonent\w{0,2}|kvytan\w{2,5}|borh\w{0,3}|pobut|kabinet|dovidka|"
    r"statements?|documents?|returns?|renewals?|robot|redaktsiia|zapys|kasa|sekretar|vypysk\w{1,2}|zvit\w{0,2}|"
    r"polis|pkginfo|"
    r"otp|checks?|chek\w{0,2}|auto-?confirm|service|donations?|do_?not_?reply|automated|mailer|"
    r"pidtrymka|servis|zamovlennia|dostavka|kvytky|novyny|rozsylka|buh(?:halteria)?)(?:[-+._0-9].*)?\Z"
)
_PERSON = re.compile(r"(?:[^\W\d_][\w'’.-]*)(?: [^\W\d_][\w'’.-]*){0,3}(?: \(.{1,40}\))?\Z")
# People's names are written with capitals; "Оля з третього поверху" and "Олег і Дарина" are people all the same.
_COMMON_WORD = re.compile(r"\A(?!.*\s(?:з|із|від|і|й|from|and)\s).*\s[а-яіїєґ'’]{4,}")
_DEPARTMENT = re.compile(
    r"(?i)(?:бухгалтерія|адміністра(?:ція|тор\w{0,2})|редакція|канцелярія|охорона(?: праці)?|кадри|деканат|рецепція|"
    r"відділ\b.*|служба\b.*|підтримка|секретар\w*|приймальня|реєстратура|менеджер|"
    r"accounting|accounts?|billing|support|sales|admin\w*|reception|office|hr|it|human resources|finance|payroll|"
    r"facilities|(?:help|front|security|service) ?desk)\Z"
)
_MACHINE = re.compile(r"(?:mailer-daemon|postmaster)\Z")
_VIA = re.compile(
    r"(?:.{1,60}?\s(?:from|at|via|@|з|із|від|через)\s|.{1,60}?\s[|/•·]\s)(?P<company>[^\W_a-zа-яіїєґ].{1,60})\Z"
)
_OF_DEPARTMENT = re.compile(
    r"(?:Бухгалтерія|Відділ|Служба|Рекрутинг|Кадри|Accounting|"
    r"Billing)\b[^«\"“]{0,30}[«\"“](?P<company>[^»\"”]{2,60})[»\"”]\Z"
)
_QUOTES = frozenset('«»“”„"')
_ROMAN = str.maketrans(
    dict(zip("абвгґдеиійклмнопрстуфьъыэё'’", (*"abvhgdeyiiklmnoprstuf", "", "", *"yee", "", ""), strict=True))
    | {"є": "ie", "ж": "zh", "з": "z", "ї": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
    | {"ю": "iu", "я": "ia"}
)
_IN_BRACKETS = re.compile(r".{1,60}\((?P<company>[^()]{2,60})\)\Z")
_FORMS_UK = ("ТОВ", "ТзОВ", "ПрАТ", "ПАТ", "АТ", "КП", "ДП", "ПП", "АБ", "ТДВ", "ОСББ", "КНП", "ЖБК")
_LEGAL_UK = re.compile(
    rf"(?<!\w)(?:{'|'.join(_FORMS_UK)})\s{{0,2}}(?:[«\"“„](?:[^»\"”“\n]{{2,60}})[»\"”“]|"
    r"(?:[А-ЯІЇЄҐA-Z][\w'’-]{2,30}))"
)
_LEGAL_EN = re.compile(
    r"(?<![\w&])(?:(?:[A-Z0-9][\w&'’.-]{0,30} ){1,4}?)(?:,? ?)"
    r"(?:LLC|L\.L\.C\.|Ltd|Limited|Inc|Corp|GmbH|AG|S\.A\.|"
    r"[Ss]p\. z o\.o\.|B\.V\.|PLC|plc|s\.r\.o\.)(?!\w)"
)
_FORMS_EN = (
    "LLC",
    "L.L.C",
    "Ltd",
    "Limited",
    "Inc",
    "Corp",
    "GmbH",
    " AG",
    "S.A.",
    "o.o.",
    "B.V.",
    "PLC",
    "plc",
    "s.r.o",
)
_FOP = re.compile(r"(?<!\w)ФОП (?:[А-ЯІЇЄҐ][\w'’-]{2,30} [А-ЯІЇЄҐ][\w'’.-]{0,30}(?: ?[А-ЯІЇЄҐ][\w'’.-]{0,30})?)")
_LEGAL = ((_LEGAL_UK, _FORMS_UK), (_FOP, ("ФОП ",)), (_LEGAL_EN, _FORMS_EN))
"""Patterns of legal forms, each with the words without one of which it cannot match: those are found faster."""
_NOISE = re.compile(
    r"(?i)\A(?:noreply|no-reply|do not reply|info|support|team|команда|служба підтримки)\s|"
    r"\s(?:team|support|notifications?|newsletter|news|billing|invoices?|payments?|sales|orders|care|команда)\Z"
)
_MARKUP_NAMES = (
    *("merchant.name", "seller.name", "broker.name", "provider.name", "publisher.name", "carrier.name"),
    *("reservationFor.airline.name", "reservationFor.provider.name", "reservationFor.organizer.name", "brand.name"),
)


def find_company(message: Message) -> tuple[str, str] | None:
    """The organisation and the words it was read from; None for mail between people."""
    for thing in message.markup:
        for path in _MARKUP_NAMES:
            name = thing.properties.get(path)
            if name:
                return name[:LONGEST_NAME], name
    if message.sender.domain not in PRIVATE_PROVIDERS:
        name = _of_display_name(message)
        if name:
            return name, message.sender.name
    # Small firms, and houses' associations, write from private mailboxes under their own name.
    named = _of_legal_form(message.sender.name)
    return named or _of_legal_form(f"{message.text}\n{message.signature}"[:LONGEST_TEXT])


def _of_display_name(message: Message) -> str:
    """The organisation a display name states, if it is not simply a person's name."""
    name = message.sender.name.strip(" \"'")
    local, _, domain = message.sender.address.partition("@")
    if not name or "@" in name or not domain or _DEPARTMENT.match(name) or _MACHINE.match(local):
        return ""
    stated = _stated(name, domain)
    if stated:
        return _tidy(stated)
    if _ROLES.match(local) or not _PERSON.match(name.replace(",", "")) or _COMMON_WORD.search(name):
        return _tidy(name)
    if _is_persons(name, local, domain):
        return ""
    # People write to lists too, and answer there.
    is_written_to_list = bool(message.header("list-post") or message.in_reply_to)
    is_mass_mail = bool(message.header("list-unsubscribe")) and not is_written_to_list
    return _tidy(name) if is_mass_mail or _names_domain(name, domain) else ""


def _stated(name: str, domain: str) -> str:
    """The organisation a name gives beside a person or a department: "Ana from Acme", "Бухгалтерія «Ромашка»"."""
    of_department, bracketed, placed = _OF_DEPARTMENT.match(name), _IN_BRACKETS.match(name), _VIA.match(name)
    if of_department:
        return of_department["company"]
    if bracketed and _names_domain(bracketed["company"], domain):
        return bracketed["company"]
    return placed["company"] if placed else ""


def _names_domain(name: str, domain: str) -> bool:
    """Whether the name is spelt in the domain: "Nova Poshta" at novaposhta.ua, "Банк Калина" at kalyna.example."""
    parts = ["".join(filter(str.isalnum, part)) for part in domain.split(".")[:-1]]
    words = [romanised(word) for word in re.findall(r"[^\W_]+", name)]
    spellings = ["".join(words), *(word for word in words if len(word) > 3)]
    return any(len(spelling) > 2 and spelling in part for part in parts for spelling in spellings)


def _is_persons(name: str, local: str, domain: str) -> bool:
    """Whether an address is made of a person's name, and not of the organisation's."""
    pieces = [piece for piece in re.split(r"[^a-z]+", local) if len(piece) > 2]
    words = [romanised(word)[:3] for word in re.findall(r"[^\W_]{2,}", name)]
    return local not in domain.split(".") and any(piece.startswith(word) for piece in pieces for word in words)


def romanised(word: str) -> str:
    """A word in Latin letters, as Ukrainian names are spelt in addresses (resolution 55 of 2010, simplified)."""
    return word.lower().translate(_ROMAN)


def _tidy(name: str) -> str:
    name = _NOISE.sub("", name.strip(" \"'„.,-–—|")).strip()
    if name[:1] in _QUOTES and name[-1:] in _QUOTES:
        name = name[1:-1].strip()
    return name[:LONGEST_NAME] if len(name) > 1 and not name.isdigit() else ""


def _of_legal_form(text: str) -> tuple[str, str] | None:
    """The one company a text names with its legal form; of several none is known to be the sender."""
    found: dict[str, tuple[str, str]] = {}
    for pattern, forms in _LEGAL:
        if not any(form in text for form in forms):
            continue
        for match in pattern.finditer(text):
            words = " ".join(match.group().split())
            found.setdefault(words.lower(), (words[:LONGEST_NAME], match.group()))
    return next(iter(found.values())) if len(found) == 1 else None

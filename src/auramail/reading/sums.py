"""The sum a message is about: what is to be paid or was paid, not a balance, a discount, an old price or a limit."""

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Final

from auramail.core.decisions import Money
from auramail.core.messages import Message
from auramail.reading.companies import PRIVATE_PROVIDERS
from auramail.reading.money import AmountMention, find_amounts
from auramail.reading.spoken import is_to_many

_PATHS: Final = (
    ("totalPaymentDue.price", "totalPaymentDue.priceCurrency"),
    ("totalPaymentDue.value", "totalPaymentDue.currency"),
    ("totalPrice", "priceCurrency"),
    ("price", "priceCurrency"),
    ("acceptedOffer.price", "acceptedOffer.priceCurrency"),
    ("total", "currency"),
)
_CURRENCY: Final = re.compile(r"[A-Z]{3}\Z")
_PRICE: Final = re.compile(r"\d{1,12}(?:\.\d{1,4})?\Z")
_REACH: Final = 90
"""Letters before an amount in which a word may say what it is."""
_BEYOND: Final = 28
_BREAK: Final = re.compile(r"[.!?;]\s|\n\s*\n")


class Role(IntEnum):
    """What an amount is, the likelier the one that is meant the higher."""

    NEVER = 0
    PLAIN = 1
    MOVED = 2
    TOTAL = 3
    TO_PAY = 4
    ALL_TO_PAY = 5


_NEVER: Final = (
    r"balance (?:is|of|:)|(?:previous|opening|current|available|account|remaining|new) balance|balance\b(?! due)|"
    r"limit\w{0,3}|min(?:imum|\.)"
    r"(?: (?:payment|amount|order|due))?|discounts?|sav(?:ed?|ings?)|instead of|regular(?:ly)?|was|were|list price|"
    r"rrp|from(?=\s\Z)|starting at|as low as|"
    r"over|up to|more than|less than|under|at least|around|approximately|late (?:fee|payment)|(?:booking |service |"
    r"processing |transaction )?fees?|tax(?:es)?|"
    r"vat|tips?|sub-?total|net|coverage|cover|credit limit|payments? received|insurance paid|budget|target|revenue|"
    r"salary|shipping|delivery|tolls?|"
    r"cash ?back|rewards?|points|win|worth|between|last (?:month|bill|time|year)(?: you)?(?: paid)?|cost (?:us|me|"
    r"him|her)|i (?:paid|spent|bought)|we (?:paid|spent|bought)|next payment|will be charged|avoid being charged|"
    r"баланс\w{0,2}|зали\w{2,6}|доступн\w{1,3}|на (?:вашому |вашім |особовому )?рахунку|ліміт\w{0,2}|"
    r"мінімальн\w{1,3}(?: \w{1,15}){0,2}|"
    r"знижк\w{1,3}|зекономили|економія|кешбек\w{0,2}|бонус\w{0,2}|комісі\w{1,2}|замість|раніше|стара ціна|"
    r"повна ціна|без знижки|від(?=\s\Z)|понад|більше|менше|"
    r"майже|близько|переплат\w{1,2}|пен[іяюею]{1,2}|штраф\w{0,3}|пдв|податок|очікуван\w{1,4}(?: вартість)?|"
    r"тариф\w{0,2}|витрат\w{1,3}|надходженн\w|оборот\w{0,2}|"
    r"зарплат\w|бюджет\w{0,2}|ціна за|наступн\w{2,3} списання|буде списано|доставк\w|виграй\w{0,2}|приз\w{0,2}|"
    r"кредит\w{0,2}|"
    r"заплати(?:в|ла|ли)|купи(?:в|ла|ли)|прода(?:в|ла|ли)|коштува(?:в|ла|ло|ли)|за тонну|за штуку|до(?=\s\Z)"
)
_ALL_TO_PAY: Final = (
    r"(?:grand )?total (?:amount )?(?:due|payable|to pay)|total balance due|(?:разом|усього|всього|"
    r"загалом) до (?:сплати|оплати)|"
    r"(?:загальна )?сума до (?:сплати|оплати)"
)
_TO_PAY: Final = (
    r"to (?:be )?pa(?:y|id)|(?:amount|balance|payment|total|now|is|are) due|due(?: now| today| amount)?|you owe|"
    r"owe(?:s|d)?|payable|(?:please )?pay(?! )|"
    r"please (?:pay|send|transfer|remit)|pay(?= )|comes to|(?:your )?(?:half|share)(?: of [a-z]{1,20})?|rent of|"
    r"rent|premium(?: of)?|invoice (?:total|amount|for)|"
    r"bill (?:of|for|is)|process your|renew(?:al)?|"
    r"до (?:сплати|оплати)|сплат(?:іть|ити|и|ь)|оплат(?:іть|ити|и|ь)|внести|внесіть|заборгован\w{2,4}|борг\w{0,2}|"
    r"перекажіть|перекажи|переказати|перерах\w{3,5}|"
    r"поповн\w{2,5}|рахун\w{2,4} на(?: суму)?|сума рахунк\w|сума рахунку-фактури|з (?:вас|тебе)|за квартиру|"
    r"оренд\w{1,2}|"
    r"внеск?\w{0,2}|списат\w{1,4}|повернути"
)
_TOTAL: Final = (
    r"(?:grand |order |gross )?total(?: amount)?|in total|amount|sum|costs?|(?:new )?charges?|price|quote(?:d)?|"
    r"разом|[ву]сього|загалом|загальна (?:сума|вартість)|"
    r"сум[аиуі](?: замовлення)?|підсумок|вартість|ціна|нарахован\w|вартує|коштує|коштуватиме|рахунок"
)
_MOVED: Final = (
    r"(?:you )?paid|charged|payment|paid by|sent you|received|refund(?:ed)?|transfer(?:red)?|donation|purchase|"
    r"debited|credited|deposit(?:ed)?|spent|withdrawn|"
    r"списан\w|списали|оплачен\w|сплачен\w|оплати(?:ли|в|ла)|сплати(?:ли|в|ла)|переказ\w{0,2}|переказан\w|"
    r"зарахован\w|отрима(?:ли|ла|в|но)|повернен\w|"
    r"оплат[ау]|платіж|платежу|покупк\w|поповнення|зняття|операці\w"
)
_SAID: Final = re.compile(
    rf"\b(?:(?P<never>{_NEVER})|(?P<all>{_ALL_TO_PAY})|(?P<pay>{_TO_PAY})|(?P<total>{_TOTAL})|"
    rf"(?P<moved>{_MOVED}))(?!\w)"
)
_NEVER_AFTER: Final = re.compile(
    r"\s?(?:off\b|discount|fee\b|balance|limit|per (?:month|day|person|hour|year)|a (?:month|day|person|year)|"
    r"/\s?(?:mo|month|міс|шт|год)|minimum|"
    r"or more|and up|(?:і|та) більше|cash ?back|credit\b|знижки|на рахунку|кешбеку?|бонус|за (?:штуку|тонну|годину|"
    r"кілограм|добу|особу|ніч|місяць)|на (?:день|місяць|добу)\b|за перевищення|"
    r"минул\w{2,3}|on the door)"
)
_TO_PAY_AFTER: Final = re.compile(
    r"\s{0,2}(?:(?:is |are |was )?(?:now )?(?:due|payable|outstanding|overdue)\b|до (?:сплати|оплати))|"
    r"[\s,)]{0,3}(?:(?:просимо |прошу |будь ласка,? )?(?:перекаж|сплат|оплат)(?:іть|и|ити|ь)|"
    r"(?:потрібно|треба|необхідно|слід) (?:внести|сплатити|оплатити|перерахувати)|please send|\w{0,3}\s?payment\b|"
    r"(?:was |has been )?(?:declined|rejected|unsuccessful|overdue)\b)|\.\s(?:it|this)(?:'s| is) (?:now )?(?:due|"
    r"payable)\b"
)
_TOTAL_AFTER: Final = re.compile(r"\s{0,2}(?:in total|total|all in|разом|загалом|[ву]сього)\b")
_MOVED_AFTER: Final = re.compile(
    r"[\s,)]{0,3}(?:(?:was |were |has been |have been )?(?:paid|charged|received|refunded|sent|sплачен|debited|"
    r"transferred)|(?:\w{1,3} )?(?:сплачен\w|оплачен\w|"
    r"списан\w|зарахован\w|отрима(?:но|ла|ли|в)|надійш\w{1,3}|повернен\w|переказан\w)|for your|від \w)"
)
_AFTER: Final = (
    *((_NEVER_AFTER, Role.NEVER), (_TO_PAY_AFTER, Role.TO_PAY), (_TOTAL_AFTER, Role.TOTAL), (_MOVED_AFTER, Role.MOVED)),
)
_ROLES: Final = (*(("all", Role.ALL_TO_PAY), ("pay", Role.TO_PAY), ("total", Role.TOTAL), ("moved", Role.MOVED)),)
_ABOUT_MONEY: Final = re.compile(
    r"\b(?:invoice|bill\b|receipt|payments?|paid|order(?:ed)?|booking|tickets?|fee|rent|subscription|purchase|"
    r"refund|quote|deposit|transfer|"
    r"рахун\w{2,4}|сплат\w{1,4}|оплат\w{1,4}|чек\b|квитанц\w{1,3}|платіж|платеж\w{1,2}|замовленн\w|бронюванн\w|"
    r"квит\w{2,4}|оренд\w|підписк\w|покупк\w|"
    r"поїздк\w{1,2}|trip|переказ\w{0,2}|передоплат\w|внес\w{1,3}|кошторис)"
)
_SELLS: Final = re.compile(
    r"\b(?:offer|sale|sav(?:e|ings?)|discount|deals?|coupon|promo(?:code)?|subscribe|shop now|win|gift|bonus|"
    r"знижк\w{1,3}|акці\w{1,2}|промокод\w{0,2}|подарун\w{2,3}|"
    r"розпродаж\w{0,2}|кешбек\w{0,2}|кредит\w{0,2}|виграй\w{0,2}|від|from|just|only|лише|всього за|тільки)\b|\d\s?%"
)


def find_sum(message: Message) -> tuple[Money, str] | None:
    """The sum and its words: what markup says, else what is to be paid, else a total, else the only one there is."""
    for thing in message.markup:
        for price_path, currency_path in _PATHS:
            money = _priced(thing.properties.get(price_path, ""), thing.properties.get(currency_path, ""))
            if money is not None:
                return money, f"{thing.properties[price_path]} {thing.properties[currency_path]}"
    text = f"{message.subject}\n{message.text}"
    mentions = find_amounts(text)
    chosen = _chosen(mentions, text, message) if mentions else None
    return (chosen.money, chosen.words) if chosen else None


def _chosen(mentions: Sequence[AmountMention], text: str, message: Message) -> AmountMention | None:
    to_many = is_to_many(message)
    plain = text.lower()
    plain = plain if len(plain) == len(text) else text
    roles: dict[Role, list[AmountMention]] = {}
    end = 0
    for mention in mentions:
        if mention.money.value > 0:
            roles.setdefault(_role(plain, mention, end, to_many=to_many), []).append(mention)
        end = mention.end
    for role in (Role.ALL_TO_PAY, Role.TO_PAY, Role.TOTAL, Role.MOVED):
        if role in roles:
            return _one_of(roles[role], role)
    # Firms name the one sum they write about; people chat of prices.
    is_talk = to_many or message.sender.domain in PRIVATE_PROVIDERS
    if Role.PLAIN in roles and not is_talk and _ABOUT_MONEY.search(plain):
        return _one_of(roles[Role.PLAIN], Role.PLAIN)
    return None


def _one_of(mentions: Sequence[AmountMention], role: Role) -> AmountMention | None:
    """The only sum of them; of several totals the last, of several to be paid the one that is all others together."""
    if len({mention.money for mention in mentions}) == 1:
        return mentions[0]
    if role in {Role.TOTAL, Role.ALL_TO_PAY}:
        return mentions[-1]
    values = [mention.money.value for mention in mentions]
    largest = max(mentions, key=lambda each: each.money.value)
    return largest if role is Role.TO_PAY and largest.money.value * 2 == sum(set(values), Decimal(0)) else None


def _role(text: str, mention: AmountMention, after: int, *, to_many: bool) -> Role:
    """What the words nearest to an amount say it is; `after` is where the amount before it ends."""
    before = text[max(after, mention.start - _REACH) : mention.start]
    breaks = [match.end() for match in _BREAK.finditer(before)]
    sentence = before[breaks[-1] :] if breaks else before
    beyond = text[mention.end : mention.end + _BEYOND]
    if to_many and _SELLS.search(f"{sentence} {beyond}"):
        return Role.NEVER
    role = _role_after(beyond)
    if role in {Role.NEVER, Role.TO_PAY}:
        return role
    said = [match.lastgroup or "" for match in _SAID.finditer(sentence)]
    if said and said[-1] == "never":
        return Role.NEVER
    named = next((role for name, role in _ROLES if name in said[-2:]), Role.PLAIN)
    return role if role is Role.TOTAL else named if named is not Role.PLAIN else role


def _role_after(beyond: str) -> Role:
    """What the words behind an amount say it is."""
    for pattern, role in _AFTER:
        if pattern.match(beyond):
            return role
    return Role.PLAIN


def _priced(price: str, currency: str) -> Money | None:
    price, currency = price.replace(",", "").strip(), currency.strip().upper()
    if not _PRICE.match(price) or not _CURRENCY.match(currency):
        return None
    return Money(Decimal(price).quantize(Decimal("0.01")), currency)

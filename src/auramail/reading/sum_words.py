"""The words beside an amount that say what it is, in Ukrainian and English."""

import re
from enum import IntEnum
from typing import Final


class Role(IntEnum):
    """What an amount is, the likelier the one that is meant the higher."""

    NEVER = 0
    PLAIN = 1
    LEAST = 2
    PRICE = 3
    MOVED = 4
    TOTAL = 5
    TO_PAY = 6
    ALL_TO_PAY = 7


_NEVER: Final = (
    r"balance (?:is|of|:)|(?:previous|opening|current|available|account|remaining|new) balance|balance\b(?! due|"
    r" outstanding)|bal|"
    r"limit\w{0,3}|min(?:imum|\.)"
    r"(?: (?:amount|order))?|discounts?|sav(?:ed?|ings?)|instead of|regular(?:ly)?|was|were|list price|"
    r"rrp|(?:from|at)(?=\s\Z)|starting at|as low as|"
    r"over|up to|more than|less than|under|at least|around|approximately|late (?:fee|payment)|(?:booking|service|"
    r"processing|transaction|delivery|admin|handling) fees?|missed \w{1,15} costs?|tax(?:es)?|"
    r"vat|tips?|sub-?total|net|coverage|cover|credit limit|payments? received|insurance paid|budget|target|revenue|"
    r"salary|shipping|delivery|tolls?|"
    r"cash ?back|rewards?|points|win|worth|between|last (?:month|bill|time|year)(?: you)?(?: paid)?|cost (?:us|me|"
    r"him|her)|i (?:paid|spent|bought)|they (?:quoted|wants?|charged?|asked)(?: me)?(?: for)?|we (?:paid|spent|"
    r"bought)|next payment|will be charged|avoid being charged|"
    r"баланс\w{0,2}|зали\w{2,6}|доступн\w{1,3}|на (?:вашому |вашім |особовому )?рахунку|ліміт\w{0,2}|"
    r"мінімальн\w{1,3}(?: \w{1,15}){0,2}|страхов\w{1,2} сум\w|"
    r"від (?:вартості|суми)(?: \w{1,15}){0,2}|of (?:the|a) (?:total|price)|на картці|було|стало|знижк\w{1,3}|"
    r"зекономили|економія|кешбек\w{0,2}|бонус\w{0,2}|комісі\w{1,2}|замість|раніше|стара ціна|"
    r"повна ціна|без знижки|від(?=\s\Z)|понад|більше|менше|"
    r"майже|близько|переплат\w{1,2}|пен[іяюею]{1,2}|штраф\w{0,3}|пдв|податок|очікуван\w{1,4}(?: вартість)?|"
    r"тариф\w{0,2}|витрат\w{1,3}|надходженн\w|оборот\w{0,2}|"
    r"зарплат\w|бюджет\w{0,2}|ціна за|наступн\w{2,3} списання|буде списано|(?<!за )доставк\w|виграй\w{0,2}|приз\w{0,2}|"
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
    r"please (?:pay|send|transfer|remit)|pay(?= )|comes to|leaves|reduced to|(?:balance|amount) outstanding|"
    r"outstanding|replenish\w{0,2}|(?:this|your|new) bill|responsibility|remit|you(?:'re| are) each|"
    r"each owe|(?:your )?(?:half|share|part)(?: of [a-z]{1,20})?|left to pay|renew(?:al|s|ed)?|rent of|"
    r"rent|premium(?: of)?|invoice (?:total|amount|for)|"
    r"bill (?:of|for|is)|process your|"
    r"до (?:сплати|оплати)|сплат(?:іть|ити|и|ь)|оплат(?:іть|ити|и|ь)|внести|внесіть|заборгован\w{2,4}|борг\w{0,2}|"
    r"перекажіть|перекажи|переказати|перерах(?:уй\w{0,2}|увати|уєте)|перерахування|"
    r"поповн\w{2,5}|рахун\w{2,4} на(?: суму)?|сума рахунк\w|сума рахунку-фактури|з (?:вас|тебе)|за квартиру|"
    r"оренд\w{1,2}|"
    r"внес(?:ок|ку|ки|ків)|спи(?:сат|ш)\w{1,4}|"
    r"zu zahlen|da pagare|à payer|a pagar|do zapłaty|k úhradě|k zaplacení|de plată|к оплате|twoja część|deine hälfte|"
    r"доплат(?:ити|а|у|іть|и)|заплатити|"
    r"(?:ваша|твоя) (?:частина|частка)(?: є)?|потрібн[оаі]|повернути"
)
_TOTAL: Final = (
    r"(?:grand |order |gross )?total(?: amount| price| cost)?|in total|amount|amt|sum|(?:new )?charges?|"
    r"amount charged|fee(?: is| of)|"
    r"разом|[ву]сього|загалом|загальна (?:сума|вартість)|"
    r"сум[аиуі](?: замовлення)?|підсумок|нараху?[ов]\w{1,5}|рахунок|"
    r"(?:rechnungs|gesamt)?betrag|in höhe von|summe|gesamt|totale|importo|montant|importe|kwota|razem|celkem|toplam|"
    r"итого|сумма"
)
_PRICE: Final = r"costs?|came to|price|quote(?:d)?|вартість|ціна|вартує|коштує|коштуватиме"
_LEAST: Final = r"min(?:imum|\.) (?:payment|amount)(?: due)?|мінімальний платіж"
_MOVED: Final = (
    r"(?:you )?paid|charged|payment|paid by|sent you|received|refund(?:ed)?|transfer(?:red)?|donation|purchase|"
    r"debited|credited|deposit(?:ed)?|spent|withdrawn|issued|transaction|gift|donated|wire|reload(?:ed)?|topped up|"
    r"reimburs\w{2,6}|"
    r"got your|пожертв\w|внесок|"
    r"списан\w|списали|оплачен\w|сплачен\w|оплати(?:ли|в|ла)|сплати(?:ли|в|ла)|переказ\w{0,2}|переказан\w|"
    r"зарахован\w|отрима(?:ли|ла|в|но)|повернен\w|перерахува(?:ли|в|ла)|внесли|внесла|внесено|зайшли|прийшли|"
    r"повертаємо|"
    r"оплат[ау]|платіж|платежу|покупк\w|поповнення|зняття|операці\w"
)
SAID: Final = re.compile(
    rf"\b(?:(?P<least>{_LEAST})|(?P<never>{_NEVER})|(?P<all>{_ALL_TO_PAY})|(?P<pay>{_TO_PAY})|(?P<total>{_TOTAL})|"
    rf"(?P<price>{_PRICE})|"
    rf"(?P<moved>{_MOVED}))(?!\w)"
)
_NEVER_AFTER: Final = re.compile(
    r"\s?(?:off\b|discount|fee\b|balance|limit|"
    r"minimum|instead of|замість|"
    r"or more|and up|(?:і|та) більше|cash ?back|credit\b|знижки|на рахунку|кешбеку?|бонус|за перевищення|"
    r"минул\w{2,3}|on the door)"
)
RATE_AFTER: Final = re.compile(
    r"\s?(?:per (?:month|day|week|night|person|hour|year)|an? (?:month|day|week|night|person|year|hour|dozen|piece)|"
    r"/\s?(?:mo|month|міс|шт|год)|"
    r"за (?:штуку|тонну|годину|кілограм|кіло|метр|добу|особу|ніч|місяць)|на (?:день|місяць|добу)\b)"
)
"""A price of each is not the sum, unless it is what will be taken."""
_TO_PAY_AFTER: Final = re.compile(
    r"\s{0,2}до (?:сплати|оплати)|[ ,]{0,3}(?:for \w{1,12} )?(?:is |are |was )?(?:now )?(?:due|payable|outstanding|"
    r"overdue)\b|"
    r"[\s,)]{0,3}(?:(?:просимо |прошу |будь ласка,? )?(?:перекаж|сплат|оплат)(?:іть|и|ити|ь)|"
    r"(?:потрібно|треба|необхідно|слід) (?:внести|сплатити|оплатити|перерахувати)|please send|\w{0,3}\s?payment\b|"
    r"remain\w{0,3} to be paid|з (?:дитини|кожно\w{2,3}|людини|особи|родини|сім'ї|учня|учасника|носа)|"
    r"if (?:you )?pa(?:y|id)\b|(?:was |has been )?(?:declined|rejected|unsuccessful|overdue)\b)|\.\s(?:it|"
    r"this)(?:'s| is) (?:now )?(?:due|"
    r"payable)\b"
)
_TOTAL_AFTER: Final = re.compile(r"\s{0,2}(?:in total|in all|total|all in|разом|загалом|[ву]сього)\b")
_MOVED_AFTER: Final = re.compile(
    r"[\s,)]{0,3}(?:(?:was |were |has been |have been )?(?:paid|charged|received|refunded|sent|debited|"
    r"transferred)|(?:card )?(?:transaction|purchase|withdrawal|transfer)\b|(?:\w{1,3} )?(?:сплачен\w|оплачен\w|"
    r"списан\w|зарахован\w|отрима(?:но|ла|ли|в)|надійш\w{1,3}|повернен\w|переказан\w)|for your|від \w)"
)
AFTER: Final = (
    *((_NEVER_AFTER, Role.NEVER), (_TO_PAY_AFTER, Role.TO_PAY), (_TOTAL_AFTER, Role.TOTAL), (_MOVED_AFTER, Role.MOVED)),
)
ROLES: Final = (
    *(
        ("all", Role.ALL_TO_PAY),
        ("pay", Role.TO_PAY),
        ("total", Role.TOTAL),
        ("moved", Role.MOVED),
        ("price", Role.PRICE),
    ),
    ("least", Role.LEAST),
)
ABOUT_MONEY: Final = re.compile(
    r"\b(?:invoice|bill\b|receipt|payments?|paid|order(?:ed)?|booking|tickets?|fee|rent|subscription|purchase|"
    r"refund|quote|deposit|transfer|"
    r"(?<!за наш )рахун\w{2,4}|готівк\w{1,3}|сплат\w{1,4}|оплат\w{1,4}|чек\b|квитанц\w{1,3}|платіж|платеж\w{1,2}|"
    r"замовленн\w|бронюванн\w|"
    r"квит\w{2,4}|оренд\w|підписк\w|покупк\w|"
    r"поїздк\w{1,2}|trip|переказ\w{0,2}|передоплат\w|внес\w{1,3}|кошторис)"
)
SELLS: Final = re.compile(
    r"\b(?:offer|sale|sav(?:e|ings?)|discount|deals?|coupon|promo(?:code)?|subscribe|shop now|win|gift|bonus|"
    r"знижк\w{1,3}|акці\w{1,2}|промокод\w{0,2}|подарун\w{2,3}|"
    r"розпродаж\w{0,2}|кешбек\w{0,2}|кредит\w{0,2}|виграй\w{0,2}|від|from|just|only|лише|всього за|тільки)\b|\d\s?%"
)


PAYS: Final = re.compile(
    r"\b(?:pay|paid|owes?|receipt|transfer|bank details|fees?|subs|iban|venmo|paypal|cheque|invoice|deposit|settle|"
    r"(?:с|о|до|за)плат\w{1,4}|сплач\w{1,3}|оплач\w{1,3}|скинь\w{0,2}|скинути|переказ\w{0,3}|реквізит\w{1,3}|"
    r"карт[аиуік]\w{0,2}|моно|приват|"
    r"чек|(?<!за наш )рахунок|гроші|борг|винн?[аеі]н?|внес(?:ок|ку)|збираємо|передоплат\w|аванс\w{0,2}|транш\w{0,2}|"
    r"покупк\w|"
    r"дякую за|дійшли|надійшли|отримав|отримала|landed|cleared|came through|send it|each|got your|переки[нд]\w{1,4}|"
    r"оренд\w|venmo|wire)\b"
)
"""What even people say when a sum is to change hands."""
YOU: Final = re.compile(r"\b(?:you|your|ви|вам|ваш\w{0,3}|вас)\b")
BRIDGE: Final = re.compile(
    r"[^\w.]{0,4}(?:(?:is|are|of|for|with|by|складає|становить|на суму|[ув] сумі|[ув] розмірі|по|за)[^\w.]{1,3})?\Z"
)
"""What may stand between a label and its amount."""
HEADING: Final = re.compile(r":[ \t]{0,9}\Z")
LEAST_OF: Final = re.compile(r"\b(?:від|from|понад|over|up to)\s\Z")

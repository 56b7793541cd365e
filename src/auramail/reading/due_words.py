"""The words beside a day that say whether something is due by it, in Ukrainian and English."""

import re
from typing import Final

TERM: Final = re.compile(
    r"\b(?:due|payable|overdue|deadline|closing date|last day|must be|needs? to be|(?:re)?pay(?:ment)?|rsvp|invoice|"
    r"renew|bill|"
    r"термін\w{0,2}|строк\w{0,2}|дедлайн|крайн\w{2,3}|останній день|чекає на (?:вас|тебе)|нагаду\w{1,4}|(?:с|о|до|"
    r"за)плат\w{1,5}|погас\w{1,4}|"
    r"внес\w{1,4}|здати|"
    r"подати|поповн\w{2,5}|заборгован\w{2,4}|повернути|передплат\w{1,3}|зберіганн\w|зберіга(?:ється|тимуть|тиметься|"
    r"ємо))\b"
)
YOURS: Final = re.compile(
    r"\b(?:you|your|due|deadline|ваш\w{0,3}|вам|вас|до сплати|термін|строк|заборгованість|сплатіть|оплатіть|"
    r"погасіть|please pay|"
    r"pay (?:by|before|it|your|this|the|online))\b"
)
PAYMENT: Final = re.compile(r"\b(?:pay|payment|payable|сплат\w{1,4}|оплат\w{1,4})\b")
EXPIRY: Final = re.compile(
    r"\b(?:expir\w{1,5}|ends?|ending|lapses?|runs? out|valid (?:until|till|to)|until|by|clos(?:es?|ing)|"
    r"закрива\w{3,5}|закінчу\w{3,6}|"
    r"закінчит\w{1,3}|спливає|діє|дійсн\w{1,3}|"
    r"чинн\w{1,3}|завершується|припин\w{3,5})\b[^.!?\n]{0,40}\Z"
)
ENDS: Final = re.compile(
    r"\b(?:expir\w{1,5}|ends?|ending|lapses?|runs? out|valid|закінчу\w{3,6}|закінчит\w{1,3}|спливає|діє|"
    r"дійсн\w{1,3}|чинн\w{1,3}|завершується|"
    r"припин\w{3,5}|знищ\w{3,6}|hold|held|kept|wants?|expects?|чека\w{1,3}|зберіга\w{3,5}|need|needs|треба|потрібно|"
    r"required|latest|останній|collect|приймаємо|clos(?:es?|ing)|закрива\w{3,5}|трима\w{1,4}|мушу|must)\b"
)
OFFER: Final = re.compile(
    r"\b(?:(?:i|we|they|he|she)(?:'ll| will| can| would|'d(?! need)| shall| plan to| aim to| hope to)|will be (?:sent|"
    r"delivered|ready|paid|returned)|"
    r"(?:надішл|зробл|сплач|оплач|поверн|відда|пода|покаж|відправл|перевір|підгот|закінч|прийд|приїд|переда|напиш|"
    r"скин|зда|купл|доставл|оголос)"
    r"(?:ю|у|ую|ему|ім|имо|емо|уємо|ємо|амо|уть|ять|ить|е)|буде (?:сплачено|надіслано|готов\w|доставлен\w)|"
    r"готов\w{1,2} буд\w{1,3}|відпустц\w|лікарнян\w{1,3}|поза офісом|on leave|out of (?:the )?office|away)\b"
)
PAST: Final = re.compile(
    r"\b(?:paid|received|charged|completed|settled|signed|sent|submitted|confirmed|thank you for your payment|"
    r"сплачен\w|оплачен\w|отриман\w|"
    r"отрима(?:ли|ла|в)|списан\w|зарахован\w|подан\w|здан\w|виконан\w|надісла(?:но|ли|ла|в)|підписан\w|проси(?:в|ла|"
    r"ло|ли)(?! би?\b)|пода(?:в|ла|ли)|asked|бул[аио]? внесен\w)\b"
)
SELLS: Final = re.compile(
    r"\b(?:акці[яії]|знижк\w{1,3}|промокод\w{0,2}|пропозиці[яії]|offer (?:is )?(?:valid|ends|expires|good)|"
    r"(?:special|limited|this) offer|sale|discount|promo|save|deal|купуй\w{0,2}|"
    r"кредит\w{0,2}|замість \d|instead of [$€£\d]|розігра\w{1,4}|win|"
    r"отримай\w{0,2}|виграй\w{0,2}|subscribe)\b|"
    r"\d\s?%"
)
COMMA: Final = re.compile(r"[,;:!?\n]|\.\s|\s(?:so|бо|because|otherwise|інакше)\s")
SPAN: Final = re.compile(r"(?:within|протягом|впродовж|упродовж|in|за)\s")
SOON: Final = re.compile(r"(?:сьогодні|завтра|післязавтра|today|tomorrow|tonight|(?:наступно\w{2}\s)?\w{5,9})\Z")
EVENT: Final = re.compile(
    r"\b(?:meet|meeting|dinner|lunch|party|appointment|visit|call|flight|come|join|зустріч\w{0,3}|збор\w{1,2}|"
    r"збираємо\w{0,2}|приход\w{2,3}|"
    r"візит\w{0,2}|дзвін\w{1,4}|зідзвон\w{2,6}|вечер\w{1,2}|прийд\w{1,4}|приїд\w{1,4}|святку\w{2,4})\b"
)


_BRIDGE: Final = (
    r"(?: (?:is|was|at|на|є|минув|минула|минає|спливає|настає|це))?[\s:—–,|-]{0,4}"
    r"(?:(?:is|on|by|до|am|il|the|\w{3,9}day)[\s:,]{1,2}){0,2}\Z"
)
LABEL: Final = re.compile(
    r"\b(?:payment due|due(?: date)?|deadline|closing date|last day(?: to \w{2,12}(?: \w{2,12})?)?|pay by|payable by|"
    r"дедлайн(?: \w{1,15}){0,4}|deadline (?:for|to|of)(?: \w{1,15}){1,5}|(?:крайн|гранич|останн)\w{1,4} (?:термін|"
    r"строк|дат\w|день)\w{0,2}(?: \w{1,15}){0,7}|"
    r"(?:термін|строк)\w{0,2} (?:сплати|оплати|подання|подачі|здачі|виконання|відповіді|погашення|повернення|"
    r"реєстрації)(?: \w{1,15}){0,7}|(?:є|маєте|маєш) час|you have|"
    r"fällig|zahlbar|scadenza|échéance|vencimiento|vencimento|termin płatności|płatne|splatnost|scaden[țt]a|"
    r"срок оплаты)\b" + _BRIDGE
)
"""What says before a day that it is the last."""
OF_LABELS: Final = (
    *("due", "deadline", "last day", "closing date", "pay by", "payable", "you have"),
    *("дедлайн", "термін", "строк", "крайн", "гранич", "останн", " час", "срок"),
    *("fällig", "zahlbar", "scad", "échéance", "vencim", "termin p", "płatne", "splatnost"),
)
"""Pieces of those words: to look for them first is several times faster."""
LABEL_AFTER: Final = re.compile(
    r"\s{0,2}(?:[—–-]|is|це|є|ist)?\s{0,2}(?:the )?"
    r"(?:last day|deadline|(?:крайній|останній|граничний) (?:термін|строк|день)|дедлайн|fällig)\b"
)
HAVE_TIME: Final = re.compile(r"(?:є|маєте|маєш) час|you have")
WANTED: Final = re.compile(
    r"\b(?:please|pls|plz|kindly|need(?:s|ed)?(?! to\b)|i'd need|we'd need|could|can you|can we|can i|would you|"
    r"will you|may i|"
    r"requires?|required|latest|grateful|appreciate|просимо|прошу|просил[аи]|просив|будь ласка|потріб\w{1,3}|"
    r"(?:мені|нам) би?|вдячн\w|чека(?:ю|ємо)(?! (?:на )?(?:їхн|їх|його|її|вас|тебе|вашого приходу))|очікую|очікуємо|"
    r"приймаємо|приймаю|"
    r"збира\w{1,4}|(?:me|in) (?:by|before)|(?:we )?ask you to|you (?:must|need to|have to)|"
    r"залиш\w{2,5} (?:до)?сплатити|"
    r"\w{0,9}дай(?:те)?|\w{2,12}[ую]й(?:те)?|\w{2,12}іть|верни|поверни|"
    r"prosz[ęą]|mogliby|mógłby|mogłaby|könnten|könntest|pourriez|potrebbe|prosimy|bitte|per favore|por favor|"
    r"merci de|veuillez|пожалуйста)\b"
)
"""What makes a deadline one of the reader's, without a verb that tells them to act."""
WANTS: Final = re.compile(r"\b(?:wants?|needs?|expects?|asks? for|чека\w{1,3}|хоч\w{1,3}|просить|вимага\w{1,3})\b")
BY: Final = re.compile(r"\b(?:by|before|no later than)\s(?:\w{1,9}\s){0,2}\Z")
FOR_ME: Final = re.compile(r"\b(?:мені|нам|for me|to me|to us)\b")
NEEDED: Final = re.compile(
    r"\b(?:вдячн\w,? якщо|(?:grateful|appreciate it) if|дай(?:те)?|need (?:an?|the|your|it|this|that)|"
    r"треба (?:відповідь|рішення|підтвердження)|потріб(?:ен|на|"
    r"не|ні))\b"
)
HOURS: Final = re.compile(r"\b(?:годин\w?|hours?)\Z")
HANDS: Final = re.compile(
    r"\b(?:leave|bring|drop|print|post|email|text|book|order|buy|move|put|finish|fix|update|review|залиш\w{2}|"
    r"занес\w{2}|"
    r"принес\w{2}|забрати|купити|зробити|глянути|подивитис[ья]|оновити|send|give|forward|share|get|return|pay|sign|"
    r"confirm|check|tell|let|upload|pull|надісл\w{2}|надішл\w{1,4}|"
    r"скин\w{1,4}|перека\w{1,5}|підпи\w{1,5}|підтверд\w{1,4}|перевір\w{1,3}|сказати|дати|відпов\w{2,4}|оплат\w{2}|"
    r"сплат\w{2}|передати)\b"
)
"""What one asks to be handed today: "Can you send it today?" """
LENDS: Final = re.compile(r"\b(?:lend|borrow|позич\w{1,4})\b")
SURVEY: Final = re.compile(
    r"\b(?:survey|poll|questionnaire|consultation|опитуванн\w|анкет\w|голосуванн\w|feedback form)\b"
)
CLOSES: Final = re.compile(
    r"\b(?:clos(?:es?|ing)|open|ends?|until|by|відкрит\w|трива\w{2,5}|закрива\w{3,5}|закінчу\w{3,6}|"
    r"до)\b[^.!?\n]{0,25}\Z"
)
OPEN_UNTIL: Final = re.compile(r"\b(?:until|till)\b[^.!?\n]{0,15}\Z")
OR: Final = re.compile(r"\s(?:or|чи|або)\b")
OR_BEFORE: Final = re.compile(r"\b(?:or|чи|або)\s(?:on\s|[ву]\s)?\Z")
CHARGES: Final = re.compile(r"\b(?:спис\w{2,4}|спиш\w{2,4}|charged?|debit(?:ed)?)\b")
NO_DEMAND: Final = re.compile(
    r"\b(?:will|'ll|is|are|am|was|were|be|should|may|might|has|have|had|they|he|she|we|i|it|expected|estimated|open|"
    r"closed|valid|"
    r"deliver\w{0,3}|\w{3,14}ed|\w{1,14}'(?:s|re|ll|ve|d)|expires?|wants|targets|plans|hopes|aims|needs|goes|runs|"
    r"comes|starts|back|home|to|who|estimate|join|shop|become|get|win|"
    r"deliver(?:y|ies)|arriv\w{1,4}|cancel\w{0,8}|free|check-?out|away|leave|until|till|starting|"
    r"contract|"
    r"prices?|from|between|kept|"
    r"\w{2,14}(?:[єеиї]мо|[уюая]ть|тиму\w{0,2}|тиме\w{0,2}|[ує]ш|[аи]ли|[аи]в|[аи]ла|ено|ано)(?:ся|сь)?|буд\w{1,3}|"
    r"\w{2,14}(?:ає|ує|ює|ить|їть)(?:ся)?|відчинен\w|зачинен\w|дійсн\w|чинн\w|відпустц\w|офісом|доставк\w|очікуван\w|"
    r"скасуванн\w|безкоштовн\w|ціни|контракт\w?|лікарнян\w{1,3}|я|ми|він|вона|вони|з|від)\b"
)
"""What says of a day that something lasts, comes or is done by somebody: then it is no demand without a verb."""
TOP_UP: Final = re.compile(r"поповн|top up|add (?:funds|money)")
URGENT_ONLY: Final = re.compile(r"\bif (?:urgent|needed|it's urgent)|якщо (?:термінов|щось)|\b(?:у|в) термінових")

"""How one-time codes, passwords and phrases of wallets are written: patterns over folded text (see masking.py).

None may look further than a bounded way from where it begins, so that all take time in proportion to the text.
"""

import re
from typing import Final

CODE_MARK: Final = "\ue000"
"""What stands where a code was, while others are looked for; for other secrets stand the characters after it."""
_MARK: Final = "\ue000-\ue0ff"
_FORM: Final = (
    r"(?:[a-z]-\d{5,8}|\d{3}[ -]\d{3}(?:[ -]\d{3})?|\d{2}[ -]\d{2}[ -]\d{2}(?:[ -]\d\d)?|\d{4}[ -]\d{4}|"
    r"\d(?:[ -]\d){3,7}|\d(?:\n\d){3,7}|\d{4,9}|"
    r"[a-z0-9]{3,5}(?:-[a-z0-9]{3,5}){1,4}|(?=[a-z]{0,9}\d)[a-z0-9]{5,10})"
)
_EDGE: Final = r"(?<![\w№#$€£₴%@/\\*•…])(?<!\d[.,:-])(?<!№ )(?<!# )"
CODE: Final = re.compile(_EDGE + _FORM + r"(?![\w@])")
CODE_ENDS: Final = re.compile(r"(?!\w)(?![.,:/-]\d)(?!-\w)")
NO_CODE_AFTER: Final = re.compile(
    r" ?(?:грн|uah|eur|usd|pln|gbp|₴|\$|€|£|zł|%|°|хв|min|mins|сек|sec|год|hour|дн[іія]|day|рок[уи]|року|р\.|тис|раз|"
    r"тижн|week|month|міс|km|км|кг|kg|шт|people|осіб|characters|символ|цифр|digits)"
)
"""What makes a number an amount, a time or a count."""
NO_CODE_BEFORE: Final = re.compile(
    r"(?:order|замовлення|рахун\w{1,4}|invoice|договор\w{0,3}|договір|квитанц\w{1,3}|ticket|квит\w{1,4}|flight|"
    r"рейс\w{0,2}|room|"
    r"кімнат\w{1,2}|кв\.|буд\.|вул\.|офіс|ending(?: in| with)?|закінчується на|що закінчується|ending|case|"
    r"request|parcel|посилк\w{1,3}|відправлення|ттн|"
    r"tracking|version|версі\w{1,2}|iphone|windows|android|chrome|ios|year|році|ref|reference|id|locker|"
    r"поштомат\w{0,3}|box|зателефонуйте|телефонуйте|дзвоніть|call|dial|номер\w{0,2}|number|no\.|since|"
    r"січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|january|february|"
    r"march|april|may|june|july|august|"
    r"september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[ :#№.,]{0,3}(?:\d{1,2}, )?\Z"
)

CODE_WORD: Final = re.compile(
    r"(?<![^\W_])(?:(?:[a-zäöüß]{3,24})?(?:code|codes|kode)|код(?:и|у|ом|ами|ів|а|ы|ов)?|kody?|kodu|"
    r"kodunuz\w{0,3}|kod\w{1,5}|kód\w{0,3}|código|códigos|"
    r"codice|codici|cod|codul|otp|otps|pin|pinul|пін|пін-код\w{0,2}|пин-код\w{0,2}|tan|passcodes?|şifre\w{0,5}|"
    r"2fa|vericode|парол\w{1,3}|password|passwort|hasło)(?![^\W_])"
)
OTHER_CODE_BEFORE: Final = re.compile(
    r"(?:promo|promotion(?:al)?|discount|coupon|voucher|gift(?: card)?|offer|referral|zip|postal|post|area|"
    r"country|dial(?:l)?ing|product|item|"
    r"source|error|status|exit|response|qr|bar|dress|tax|sort|swift|bic|iso|http|color|colour|building|project|"
    r"cost|tracking|order|morse|penal|civil|"
    r"vat|hs|iata|airport|style|stock|sku|course|class|job|vendor|customer|department|unit|booking|reservation|"
    r"flight|event|invite|friend|your friend's|"
    r"штрих|qr|промо|ідентифікаційний|реєстраційний|поштовий|товарний|міжнародний|телефонний|кримінальний|"
    r"цивільний|податковий|вихідний|програмний|ваш промо|знижковий|"
    r"gutschein|rabatt|rabat|rabatow|kod rabatowy|slev|descuento|réduction|promotionnel|sconto|reducere|indirim|"
    r"promo[zc]ion\w{0,4})[ -]?\Z"
)
"""What makes a code one that everybody may know."""
OTHER_CODE_AFTER: Final = re.compile(
    r"[ -](?:товар\w{0,2}|замовлення|помилки|єдрпоу|мфо|країни|міста|регіону|едрпоу|знижки|на знижку|зі знижкою|"
    r"послуги|класифік\w{0,9}|дк|квед|"
    r"дресу|програм\w{1,3}|проєкт\w{0,2}|дисциплін\w{1,2}|групи|предмет\w{0,2}|відділення|банку|платника|"
    r"організації|установи|бронювання|договору|абонента|клієнта|сертифіката|"
    r"review|freeze|base|name|share|signing|style|camp|of conduct|rabatow\w{1,3}|rabatt|promo\w{0,10}|descuento|"
    r"sconto|reducere|de reduction|de réduction|"
    r"of practice|postal|fiscale|fiscal|slevy)(?!\w)"
)
PROMOTES: Final = re.compile(
    r"\boff\b|checkout|%|знижк|discount|кошик|first (?:order|purchase)|першого замовлення|акці"
)
"""What makes a code near it one for shoppers."""
STRONG: Final = re.compile(
    r"guard|continue|\byour (?:[\w.]{2,15} ){0,3}(?:code|pin)\b|\b(?:ваш|твій) (?:[\w.]{2,15} ){0,3}(?:код|"
    r"пін)\b|alarm|сигналізац|verif|confirm|one[- ]time|single[- ]use|\botp\b|2fa|mfa|two[- ](?:factor|step)|"
    r"multi[- ]factor|"
    r"authenticat|log[- ]?ging in|log[- ]?in|log in|sign[- ]?in|"
    r"signing in|security|access code|your code|enter (?:the|this|it)|passcode|(?:don't|do not|never) (?:share|"
    r"give|tell)|pick[- ]?up|recovery|backup code|"
    r"reset|\bdoor|\bgate\b|entry|lock ?box|locker|check[- ]in|unlock|activation|authori[sz]|device|"
    r"підтвер|верифік|одноразов|\bвхо[дж]|увійти|увійдіть|авториз|автентиф|безпек|доступ|\bсмс\b|\bsms\b|нікому|"
    r"не повідомляйте|не передавайте|домофон|двер|під'їзд|"
    r"поштомат|отриман|видач|резервн|відновл|скидан|ваш код|твій код|введіть|активац|ворот|хвіртк|замк|сейф|"
    r"дійсний|діє |"
    r"подтвер|никому|одноразов|вход|авториз|введите|ваш код|"
    r"bestätig|anmeld|sicherheit|einmal|zugang|potwierdz|weryfik|logow|jednoraz|ověř|přihl|potvrz|jednoráz|"
    r"verific|sesión|seguridad|acceso|un solo uso|"
    r"connexion|vérif|usage unique|sécurité|accesso|monouso|sicurezza|conferma|giriş|doğrula|onay|tek kullan|"
    r"güvenlik|autentific|unică|confirma|conectare|"
    r"segurança|acesso|iniciar"
)
"""What says, near a word for a code, that it lets somebody in."""

_LINK: Final = (
    r"(?: (?:is|are|was|will be|es|est|ist|è|é|lautet|to|jest|je|este|для входу|для підтвердження|підтвердження|"
    r"входу|доступу|безпеки|"
    r"отримання|видачі|домофона?у?|від домофона?у?|від під'їзду|від дверей|до дверей|верифікації|авторизації|"
    r"активації|смс|sms|"
    r"подтверждения|для входа|это|це|ось|такий|below|here|now|today|тут|нижче|now is|for (?:the |your |"
    r"my )?[\w.-]{2,20}(?: [\w.-]{2,20})?|"
    r"to (?:the )?(?:door|gate|building|flat|office)|"
    r"для [\w«»\"'.-]{2,24}|в [\w«»\".-]{2,20}|у [\w«»\".-]{2,20})){0,3}"
)
DIRECT: Final = re.compile(
    rf"[\"»”')\]]?{_LINK}[\"»”']? {{0,2}}(?:[:=—–-]|is:|це)?\s{{0,3}}[\"«“„'(*_\[`]{{0,3}}({_FORM}|"
    rf"[a-z]{{5,8}}(?=[\s.,*\"»”')\]`]|\Z))(?![\w@])"
)
"""What may stand between the word and its code, so that they belong together."""
CODE_BEFORE: Final = re.compile(
    rf"{_EDGE}({_FORM})[\"»”'*_`)\]]{{0,3}}(?: ?[—–:=,-] {{0,2}}| )"
    r"(?:(?:is|це|—|-|ist|es|est|è|jest|je|este|é|as|як|в якості|como|your|the|a|an|my|our|ваш|твій|ваша|это|"
    r"ihr|dein|tu|su|votre|il tuo|twój|váš|seu|codul|tau|tău) "
    r"(?:[\w.&'’-]{2,20} ){0,3}|(?<=[—–:=-] )(?:[\w.&'’-]{2,20} ){0,2})\Z"
)
FLIGHT: Final = re.compile(r"(?:[A-Z]{2}|[A-Z]\d|\d[A-Z]) \d{3,4}")
"""An airline and the number of its flight."""
_USE: Final = r"\b(?:enter|type(?: in)?|input|введіть|вкажіть|введите|введи|впишіть)"
USE_CODE: Final = re.compile(
    rf"(?:{_USE}|\b(?:use|використайте|kindly use)) {_EDGE}[\"«“*]?({_FORM})[\"»”*]? (?:to|as|for|in the|щоб|"
    rf"для|у|в|чтобы|на|at|on)\b"
)
ENTER_CODE: Final = re.compile(rf"{_USE} {_EDGE}[\"«“*]?({_FORM})(?![\w@])")
"""Enough where the text speaks of codes or of letting in."""
ALONE: Final = re.compile(
    rf"(?<![^\n])[ \t>*•·-]{{0,4}}(?:\d{{1,2}}[.)] )?[\"«“*_`]{{0,3}}({_FORM})[\"»”*_`]{{0,3}}[ \t.]{{0,3}}(?![^\n])"
)
"""A line with nothing but a code."""
GOOGLE: Final = re.compile(r"(?<![\w-])(g-\d{6})(?![\w-])")

PASSWORD_WORD: Final = re.compile(
    r"(?<![^\W_])(?<!-)(?=[acfhkmpswşвкп])(?:парол(?:ь|я|ю|ем|і|ей)|password|passwords|passwd|pwd|passphrase|"
    r"pass ?key|"
    r"passwort|kennwort|hasło|heslo|contraseña|mot de passe|parola|"
    r"parolanız|senha|şifre|şifreniz|wi-?fi(?:[ -]key)?|wlan|wpa2?(?: key)?|вай-?фай|"
    r"(?<!boarding )(?<!season )(?<!travel )(?<!ski )(?<!day )(?<!bus )pass|pin-?code|пін-?код|кодове слово|"
    r"код доступу|access code|passcode|"
    r"security answer|secret answer)(?![\w-])"
)
_VALUE: Final = (
    rf"(?:[\"«“„](?P<quoted>[^\"»”“\n{_MARK}]{{3,64}})[\"»”“]|[*_`'(]{{0,2}}(?P<bare>[^\s\"«“„{_MARK}]{{3,64}}))"
)
PASSWORD_LINE: Final = re.compile(rf"[^:=\n.!?{_MARK}]{{0,40}}[:=]\s{{0,4}}{_VALUE}(?![^\s\"»”“,;.])")
PASSWORD_IS: Final = re.compile(
    rf"(?:[ ](?!is\b|це\b)[\w«»\"'.()-]{{1,20}}){{0,5}} (?:is|are|will be|це|буде|такий|був|—|–|-|->|→|ist|"
    rf"lautet|es|est|è|é|jest|je|este|to)(?: (?:now|тепер|такий|set to|still))?[ \n]{{1,2}}{_VALUE}"
)
PASSWORD_NEXT: Final = re.compile(rf"\s{{1,3}}{_VALUE}")
PASSWORD_NEAR: Final = re.compile(rf"(?: [\w-]{{1,20}}){{1,4}}? (?=\S{{0,40}}\d){_VALUE}")
PASSWORD_AFTER_NAME: Final = re.compile(
    rf"\b(?:логін|login|user(?:name)?|доступи?|credentials|облікові дані)(?: ?(?:/|і|та|and|&|\+) ?(?:пароль|"
    rf"password|pass|pwd))? ?[:—–-]\s{{0,2}}[^\s/,;:]{{2,40}} ?[/|"
    rf",;] ?([^\s{_MARK}]{{4,64}}?(?<=[\d!@#$%^&*])[^\s{_MARK}.,;]{{0,20}})(?=[\s.,;]|\Z)"
)
ODD_WORD: Final = re.compile(
    r"(?![A-ZА-ЯІЇЄҐ]?[a-zа-яіїєґ-]+\d{1,3}\Z)(?=\D*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[!-~]{6,40}"
)
"""A word of both cases and digits that is no name with a number."""
NO_PASSWORD: Final = re.compile(
    r"\W*|\d{1,3}|(?:password|пароль|changed?|reset|required|expired?|forgot(?:ten)?|hidden|none|here|below|"
    r"above|нижче|тут|не|змінено|скинуто|оновлено|"
    r"забули|same|the|a|your|click|please|enter|введіть|see|in|на|у|в|надішлемо|надіслано|separately|окремо|"
    r"sent|new|новий|https?|www|n/a|yes|no|так|ні|"
    r"безкоштовний|безкоштовно|free|available|included|є|немає|та|і|and|2fa|wi-fi|wifi|parking|parking\.|"
    r"протягом|термін|строк|\d{1,2}[:.]\d\d(?:[-–]\d{1,2}[:.]\d\d)?|"
    r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d+(?:[.,]\d+)?(?:%|грн|mb|mbps|мбіт|gb|гб|ghz|ггц|хв|h|год|uah|₴|\$|€)\S{0,3}|"
    r"802\.11\w{0,2}|приват24|privat24|office ?365|microsoft365|web3|р\d|[vв]\d)"
)
"""What stands where a password would, and is none."""

SEED_WORD: Final = re.compile(
    r"seed|mnemonic|(?:recovery|secret|backup|wallet) (?:phrase|words)|(?:\d\d|twelve|twenty-four)[ -]words?|"
    r"сід-?фраз|сид-?фраз|мнемон|секретн\w{2} фраз|фраз\w{1,2} (?:для )?відновл|"
    r"фраз\w восстан|seed-?фраз|(?:1[258]|21|24) слів"
)
_COMMON: Final = (
    r"(?!(?:the|and|are|was|for|has|had|her|his|its|your|our|from|not|but|have|been|were|which|"
    r"please|to|of|in|is|it|at|on|we|be|as|or|an|if|by|my|me|so|do|no|go)\b)"
)
_SEED: Final = rf"{_COMMON}[A-Za-z]{{3,8}}"
SEED_WORDS: Final = re.compile(
    rf"(?<![\w.])(?:\d{{1,2}}[.):] ?)?({_SEED}(?:(?:[ \t,;|/-]{{1,3}}\n?|"
    rf"\n)(?:\d{{1,2}}[.):]? ?)?{_SEED}(?![\w'’])){{11,23}})"
)
SEED_ALONE: Final = re.compile(
    rf"(?<![^\n])[ \t>\"«“]{{0,4}}({_COMMON}[a-z]{{3,8}}(?: {_COMMON}[a-z]{{3,8}}){{11,23}})[ \t\"»”.]{{0,4}}(?![^\n])"
)

"""What people and machines write: secrets in ⟦brackets⟧ by kind, and what only looks like them and has to stay."""

SECRETS = {
    "code": """
Ваш SMS-пароль: ⟦483920⟧
Для входу в Дію введіть ⟦730 115⟧
Here's your login code: ⟦QWPKZ⟧
Your Steam Guard code is ⟦K4RWP⟧
Copy this code into the app to continue: ⟦BQ7-44K⟧
[Acme] ⟦662013⟧ is the code to finish signing in.
Доброго дня! Ваш тимчасовий PIN для карти: ⟦9034⟧. Змініть його в банкоматі.
Привіт! Ключі під килимком, код від замка ⟦5 9 1 4⟧.
Hi Sam, the alarm code for the office is ⟦8302⟧, disarm within 30 s.
Your verification code is ⟦493-201⟧
Your verification code is ⟦493201⟧.
Your verification code: ⟦493 201⟧
⟦493201⟧ is your verification code
⟦493201⟧ is your Amazon code. Do not share it with anyone.
⟦G-582913⟧ is your Google verification code.
Your one-time code is: ⟦4 8 2 9 1 3⟧
Use ⟦771204⟧ to sign in to your account.
Use code ⟦771204⟧ to verify your device.
Enter ⟦7719⟧ on the sign-in page.
Here is the login code you asked for:\\n\\n⟦88241⟧\\n\\nIt works for ten minutes.
To confirm it's you, enter this code\\n  ⟦48-29-13⟧  \\nNever share it.
OTP: ⟦40271986⟧
Your OTP for the payment of 500.00 UAH is ⟦332910⟧
Security code ⟦7RTQM2⟧
Your two-factor code is ⟦A7K9Q2⟧.
PIN: ⟦4471⟧
Your new library PIN is ⟦8824⟧. Change it soon.
The door code is ⟦4471⟧, the gate code is the same.
Gate code: ⟦2026⟧
Access to the flat: key box by the entry, code ⟦0417⟧
Pick-up code: ⟦441 209⟧
Your verification code is ⟦４９３２０１⟧
Your verification code is ⟦٤٩٣٢٠١⟧
Verification code — ⟦493\u00a0201⟧
Verification code: ⟦493–201⟧
Verification code: "⟦493201⟧"
Your verification code\\n\\n⟦4\\n9\\n3\\n2\\n0\\n1⟧\\n
Your sign-in code is ⟦X7Q2-M9PL⟧
код підтвердження ⟦123 456⟧
Код підтвердження: ⟦448 120⟧
Ваш код підтвердження — ⟦448120⟧. Нікому його не повідомляйте.
⟦318 204⟧ — код підтвердження. Дійсний 5 хвилин.
⟦204117⟧ — ваш код Instagram
Ваш код: ⟦6601⟧
Ваш одноразовий код: ⟦194330⟧
Щоб увійти, введіть код ⟦552 901⟧. Він діє 10 хвилин.
Введіть ⟦771 204⟧ у застосунку.
Код для входу до застосунку: ⟦5580⟧
Код з СМС: ⟦90 31 77⟧
Щоб підтвердити вхід, скористайтеся цим кодом:\\n\\n⟦448120⟧\\n\\nКод дійсний годину.
Код домофону ⟦4471⟧, третій поверх.
Код від під'їзду: ⟦1290⟧
Посилка у поштоматі, код отримання ⟦4512⟧
PIN-код ⟦2207⟧
Код для підтвердження ⟦2207⟧ надійшов
Резервний код відновлення: ⟦7719 3302⟧
Для підтвердження авторизації код ⟦FK4Q9⟧
Код верифікації ⟦１２３４５６⟧
Введите код подтверждения: ⟦448120⟧. Никому его не сообщайте.
Ihr Bestätigungscode lautet ⟦493201⟧
Ihre TAN: ⟦493201⟧ für die Anmeldung
Twój kod weryfikacyjny: ⟦330 118⟧
Kod logowania ⟦330118⟧
Váš ověřovací kód je ⟦330118⟧
Su código de verificación es ⟦330118⟧
Votre code de vérification est ⟦330118⟧
Il tuo codice di verifica è ⟦330118⟧
Seu código de confirmação é ⟦330118⟧
Codul tău de verificare este ⟦330118⟧
Doğrulama kodunuz: ⟦330118⟧
""",
    "card": """
Оплата на карту ПриватБанку ⟦5168742012345673⟧ Коваль О.
4111111111111112 is wrong, this is right: ⟦4111 1111 1111 1111⟧
My card: ⟦4111111111111111⟧
Pay to ⟦4111-1111-1111-1111⟧ please
⟦5555 5555 5555 4444⟧
⟦5555.5555.5555.4444⟧
⟦5555  5555  5555  4444⟧ valid thru 09/28
Скинь на карту ⟦4149 4991 1234 5671⟧, дякую
Картка для збору: ⟦4149499112345671⟧
Моно ⟦4149 4991\\n1234 5671⟧
amex ⟦3782 822463 10005⟧
amex ⟦378282246310005⟧
diners ⟦3056 930902 5904⟧
⟦6011 1111 1111 1117⟧ Discover
⟦3530 1113 3330 0000⟧
⟦2223 0031 2200 3222⟧
⟦4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1⟧
⟦41 11 11 11 11 11 11 11⟧
⟦4111/1111/1111/1111⟧
⟦4111_1111_1111_1111⟧
номер картки ⟦4111 11111111 1111⟧
card ⟦411111 1111111111⟧
card ⟦４１１１ １１１１ １１１１ １１１１⟧
card ⟦٤١١١ ١١١١ ١١١١ ١١١١⟧
card ⟦4111\u200b1111\u200b1111\u200b1111⟧
card ⟦4\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e31\u20e3⟧
card ⟦4111\u00a01111\u202f1111\u20091111⟧
card ⟦4111–1111–1111–1111⟧
order 1234 ⟦4111 1111 1111 1111⟧
№⟦4111111111111111⟧,
""",
    "iban": """
Bitte auf ⟦DE75 5121 0800 1245 1261 99⟧ überweisen
Payee account: ⟦GB29 NWBK 6016 1331 9268 19⟧
⟦UA213223130000026007233566001⟧
IBAN: ⟦UA21 3223 1300 0002 6007 2335 6600 1⟧
р/р ⟦UA 21 322313 0000026007233566001⟧ в АТ «Ощадбанк»
⟦UA21-3223-1300-0002-6007-2335-6600-1⟧
⟦ua213223130000026007233566001⟧
⟦UА213223130000026007233566001⟧
⟦GB82 WEST 1234 5698 7654 32⟧
⟦DE89370400440532013000⟧
⟦DE89 3704 0044 0532 0130 00⟧.
⟦FR14 2004 1010 0505 0001 3M02 606⟧
⟦PL61 1090 1014 0000 0712 1981 2874⟧
⟦CH93 0076 2011 6238 5295 7⟧
⟦IT60X0542811101000000123456⟧
⟦ES91 2100 0418 4502 0005 1332⟧
⟦NL91ABNA0417164300⟧
⟦TR33 0006 1005 1978 6457 8413 26⟧
⟦CZ65 0800 0000 1920 0014 5399⟧
⟦RO49 AAAA 1B31 0075 9384 0000⟧
⟦AT61 1904 3002 3457 3201⟧
⟦UA21\u00a03223\u00a01300\u00a00002\u00a06007\u00a02335\u00a06600\u00a01⟧
⟦UA２１322313000002600７233566001⟧
⟦UA21 3223 1300 0002\\n6007 2335 6600 1⟧
IBAN з помилкою ⟦UA22 3223 1300 0002 6007 2335 6600 1⟧
""",
    "password": """
DB_PASSWORD=⟦s3cr3tP4ss⟧
Тимчасовий пароль для першого входу ⟦Fp9wQ2⟧
I set your password to ⟦Changeme123⟧
New password for your mailbox — ⟦Zq81!mmP⟧
The zip password is the same as always: ⟦Manchester99⟧
Доступ до гостьового вайфаю: мережа Guest, пароль ⟦kavaikava1⟧
Username: okoval\\nPassword: ⟦winter-is-coming⟧
Ваш логін: o.koval, пароль: ⟦Lviv#2026⟧
Пін-код картки: ⟦2207⟧
Пароль: ⟦Kalyna-7731⟧
Твій пароль: ⟦soniashnyk77⟧
пароль - ⟦qwerty123⟧
Пароль для входу в кабінет: ⟦88-12-40⟧.
Ваш тимчасовий пароль: ⟦Xy7!kk⟧
Пароль «⟦кіт на даху⟧»
пароль до архіву — ⟦zip2026x⟧
Пароль:\\n⟦Tr0ub4dor⟧
Password: ⟦Tr0ub4dor&3⟧
password is ⟦Tr0ub4dor⟧
Your temporary password is ⟦aB3dE9xQ⟧.
Your password: ⟦sunflower⟧
The password for the archive is "⟦blue horse⟧"
Wi-Fi password: ⟦sunflower2⟧
WiFi: ⟦GuestNet77⟧
Пароль від Wi-Fi: ⟦kava2026⟧
pwd=⟦hunter22⟧
passphrase: ⟦Correct-Horse_9⟧
Login: ana / pass: ⟦Xy7kk99⟧
Логін/пароль: ivan / ⟦Qwerty12⟧
Kennwort: ⟦Sommer2026!⟧
Mot de passe : ⟦Soleil77⟧
Hasło: ⟦Krakow12⟧
Код доступу: ⟦4Kd2⟧
Meeting passcode: ⟦hQ7mZ2⟧
""",
    "token": """
AWS_SECRET_ACCESS_KEY=⟦wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY⟧
export OPENAI_API_KEY=⟦sk-abcdEFGH1234567890ijklMN⟧
ghp token ⟦ghp_16C7e42F292c6912E7710c838347Ae178B4a⟧
⟦AKIAIOSFODNN7EXAMPLE⟧
key ⟦AIzaSyA1234567890abcdefghijklmnopqrstuv⟧
API key: ⟦9f8b7c6d5e4f3a2b1c0d⟧
Ключ API: ⟦9f8b7c6d5e4f3a2b1c0d⟧
Authorization: Bearer ⟦abc123def456ghi789jkl⟧
access token = ⟦q1w2e3r4t5y6u7i8o9p0⟧
⟦eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r⟧
client secret ⟦GOCSPX-4f8b7c6d5e4f3a2b⟧
⟦sk-proj-abcdEFGH1234ijklMNOP5678⟧
bot token ⟦1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1⟧
License key: ⟦A1B2C-3D4E5-F6G7H-8I9J0⟧
⟦xoxb-123456789012-abcdefGHIJKL⟧
токен доступу: ⟦f3a2b1c0d9e8f7a6b5c4⟧
""",
    "link": """
postgres://app:⟦pa55word⟧@db.example.org:5432/app
Click to sign in: https://app.example.com/auth/callback?code=⟦4%2F0AeaYSHBx9dQ⟧&scope=email
Reset it: https://portal.example.org/reset?key=⟦4a1c9e77⟧
https://example.org/login/magic/⟦a8F3kQ9zLmN2pR7t⟧
https://example.org/v?token=⟦abcd1234efgh5678⟧&lang=uk
https://us02web.zoom.us/j/88412007711?pwd=⟦Zk1x⟧
https://my.example.ua/reset/⟦9fk2⟧ працює годину
https://example.org/#access_token=⟦abcd1234efgh5678⟧
https://ana:⟦hunter2⟧@example.org/private
www.example.org/confirm/⟦7f3b9a2c4d⟧
https://drive.example.com/file/d/⟦1A2b3C4d5E6f7G8h9I0jKlMnOpQrStUv⟧/view
https://example.org/u?email=⟦ana%40example.org⟧
otpauth://totp/Acme?secret=⟦JBSWY3DPEHPK3PXP⟧&issuer=Acme
""",
    "key": """
⟦-----BEGIN RSA PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA75hjkldf\\n-----END RSA PRIVATE KEY-----⟧
""",
    "seed": """
Seed phrase: ⟦abandon ability able about above absent absorb abstract absurd abuse access accident⟧
Моя сід-фраза: ⟦abandon, ability, able, about, above, absent, absorb, abstract, absurd, abuse, access, accident⟧
Recovery phrase:\\n1. ⟦wolf 2. zoo 3. able 4. arm 5. ask 6. act\\n7. bar 8. box 9. boy 10. bus 11. cat 12. car⟧
Keep it safe\\n⟦abandon ability able about above absent absorb abstract absurd abuse access accident⟧\\nBye
""",
    "personal": """
ID-картка ⟦002345678⟧, орган 8023
РНОКПП ⟦3184710691⟧
ІПН: ⟦3184710691⟧
Ідентифікаційний код 3184710699, ні: ІПН ⟦3184710691⟧
Паспорт ⟦КС 123456⟧ виданий у Львові
паспорт серії ⟦АА123456⟧
паспорт ⟦001234567⟧
Passport number: ⟦FE123456⟧
SSN: ⟦078-05-1120⟧
PESEL ⟦44051401359⟧
УНЗР ⟦19900101-01234⟧
""",
    "cvv": """
CVV ⟦123⟧
cvv2: ⟦123⟧
CVC code is ⟦1234⟧
CVV-код: ⟦321⟧
""",
    "phone": """
Viber ⟦0671234567⟧
call ⟦+380 44 123 45 67⟧
Телефонуйте ⟦067 555 01 20⟧
⟦(044) 123-45-67⟧
⟦0 800 500 415⟧ безкоштовно
⟦+1 (808) 555-0119⟧
⟦(555) 010-4410⟧
⟦555-010-4410⟧
⟦+49 30 901820⟧
⟦380671234567⟧
тел. ⟦2-34-56-78⟧
""",
    "address": """
write to ⟦ana@example.org⟧.
Напишіть на ⟦o.serdiuk@pts.com.ua⟧, будь ласка
<⟦ana+tag@mail.example.co.uk⟧>
⟦ana (at) example (dot) org⟧
mailto:⟦ana@example.org⟧
⟦олена@пошта.укр⟧
""",
}

STAYS = """
Потяг 743К відправляється о 06:42, вагон 5, місце 27
Показники: 018273, попередні 018101
Акт № 4471/26 на суму 18 000,00 грн
Клас 5-А збирається о 8:30 у кабінеті 214
Ваш талон: 2026-1187, віконце 4
У чеку №0098123344 помилка на 120 грн
Справа № 760/12345/26
Розклад: 1234 рейс скасовано
Sales rose 1,204,500 in 2025 to 1,310,775 in 2026
The 2026 report is 1204 pages
Session 4 of 12 starts 2026-03-15 at 18:30 UTC
PR #48291 merged into main at 3f2c1ab
Ticket JIRA-20488 was closed
Your parcel JD014600006543210987 is on its way
Order 114-3941689-8772232 has shipped
Case 08214423 updated
Seat 14C, gate B22, boarding 09:15
AF1234 lands at 21:05
Пароль до Wi-Fi запитайте на рецепції
Забули пароль? Натисніть «Відновити пароль»
We never ask for your password or PIN.
Ніколи не повідомляйте CVV та PIN-код
Please use a strong password of 12 characters
Password reset requested at 10:45 on 12.03.2026
Your code of conduct training is due 15 March 2026
Кодекс 2026 року, стаття 1234
Промокод BLACK2026 діє до 30.11.2026
Use promo 25OFF before 12.12.2026
Enter 2026 in the search box
The key takeaway of Q3 2026 results
Token-based pricing from $0.30 per 1000000 tokens
Залишок 12345.67, ліміт 50000
Тел. довідник у додатку
Номер договору 1234567890
Рахунок-фактура СФ-0001234
GPS: 49.8397 24.0297
Розмір 120x200, артикул 48201234
Версія 10.0.19045
192.168.0.1 and 10.0.0.255
Тираж 1000000 примірників
Seed round of 12 million closed
The card reader costs 1299 in shop 4
Passport control opens at 0500
https://www.nytimes.com/2026/03/12/world/europe/ukraine-energy-grid-winter.html
https://github.com/example/project/pull/4829
https://prom.ua/ua/p1234567890-chajnik-elektricheskij.html
До сплати 12 345,67 грн до 20 березня.
Total: $1,299.00
1 500,00 ₴ + 350 ₴ = 1 850,00 ₴
Сума 4 111 111 грн 11 коп.
€1.234.567,89
Ваше замовлення 812 443 109 оформлене
Order #4410228 has shipped
Order 1004-2231-8890
Замовлення №20488 прийнято
Invoice INV-2026-0318
Рахунок № 17 від 12.03.2026
ТТН 20450812345678 прямує до відділення 12
ТТН 59000812345678
Tracking number 1Z999AA10123456784
Tracking CV441209335PL
RA123456785UA у дорозі
Flight PS 9021 departs at 10:45
Рейс W6 1286 Варшава
Booking reference T9K4LM
Код бронювання: 7QKX2L
Booking code 7QKX2L
Meeting at 14:30 in room 1204
Кімната 1204, третій поверх
Зустріч 12 березня о 15:00
2026-03-12T10:45:00
12.03.2026 10:45
Notes for 2024, 2025 and 2026
У 2026 році код перевірили 1234 рази
Version 2.14.3 is out
Python 3.12.1, build 20260312
Windows 11 23H2
Promo code SPRING2026
Use code SAVE10 at checkout for 10% off
Промокод ЛІТО2026 дає знижку
Промокод: 12345678
Discount code: 55512345
Use HELLO15 on your first order and get 15% off
Use code 20265 for 20% off
Введіть ЛІТО20 у кошику
CSC 101 starts at 9
Zoom ID 884 1200 7711
Information desk 1 000 1 000 1 000 1 000
Код товару: 1234567
Код ЄДРПОУ 12345678
ЄДРПОУ 00032129
Postal code 01001
Поштовий код: 79000
ZIP code 94043-1351
area code 415
Error code 0x80070005
Код помилки 40412
error code: 5001
QR code 2026
HTTP status code 404
Country code +380
Dress code: smart
The source code has 12000 lines
Code review for PR 48291
Please review the code in module 20261
Visa •• 4410
Картка *4410
card ending 8821
картка 5168 **** **** 2210
4441 11** **** 2090
Your password was changed on 12.03.2026
Password must be at least 12 characters
Пароль буде скинуто 12 березня
Пароль змінено сьогодні о 10:45
Forgot your password? Reset it below.
Password: ********
Your password expires in 14 days
Wi-Fi: free
Безкоштовний Wi-Fi, парковка і сніданок
Please confirm your address by 17:00
Підтвердіть, будь ласка, зустріч 12.03
Підтвердження замовлення 20488123
Code expires in 10 minutes
Код дійсний 10 хвилин
We sent a code to the number ending in 4821
Код надіслано на номер, що закінчується на 4821
https://example.org/blog/2026/03/12/autumn-sale-for-everybody
https://example.org/news?id=20488&page=2
https://example.org/catalog/shoes/running-shoes-42
https://novaposhta.ua/tracking/20450812345678
https://www.youtube.com/watch?v=dQw4w9WgXcQ
IMEI 490154203237518
EAN 4820000123456
ISBN 978-3-16-148410-0
GPS 50.4501, 30.5234
Показання лічильника 12345, було 12210
Особовий рахунок 1234567890
Договір 552/AK від 2024
1234 5678 9012 3456
10 20 30 40 50 60 70 80
UA12 3456
Ukraine UA 2026
SHA 9fceb02d0ae598e95dc970b74767f19372d64cbb
uuid 123e4567-e89b-12d3-a456-426614174000
the quick brown fox jumps over the lazy dog and runs away from the big bad bear
He has a passport and a visa for 2026
Паспорт готовий, заберіть до 17:00
ІПН 3184710690
The pin is on the map, 1200 m away
see page 123, line 4567
at 11 or Tuesday 17th at 3
mail me @ home
@ana_k wrote
Ratio 10:1, score 3-2, 5/6
8 (800)
"""

"""What mail with one plain mark usually is: chances of all kinds, near enough and added up to one.

A mark alone names no kind: services write how to unsubscribe under their receipts too, and doors have codes. So it
moves every kind a little instead of one of them a lot. The shares are estimates of modern mailboxes, not fitted.
"""

from collections.abc import Mapping
from typing import Final

from auramail.core.decisions import Kind

OF_BULK: Final[Mapping[Kind, float]] = {
    Kind.PROMOTION: 0.28,
    Kind.NEWSLETTER: 0.22,
    Kind.NOTIFICATION: 0.13,
    Kind.SOCIAL: 0.08,
    Kind.SURVEY: 0.05,
    Kind.RECEIPT: 0.05,
    Kind.DELIVERY: 0.04,
    Kind.TRAVEL: 0.03,
    Kind.MEETING: 0.03,
    Kind.BILL: 0.03,
    Kind.SECURITY_ALERT: 0.02,
    Kind.SPAM: 0.02,
    Kind.OTHER: 0.01,
    Kind.WORK: 0.003,
    Kind.PHISHING: 0.003,
    Kind.SECURITY_CODE: 0.002,
    Kind.PERSONAL: 0.002,
}
"""What mail that says how to unsubscribe is, near enough: services write so under their receipts and notices too."""
OF_CAMPAIGNS: Final[Mapping[Kind, float]] = {
    **OF_BULK,
    Kind.PROMOTION: 0.36,
    Kind.NEWSLETTER: 0.29,
    Kind.NOTIFICATION: 0.07,
    Kind.SOCIAL: 0.02,
    Kind.RECEIPT: 0.03,
    Kind.DELIVERY: 0.03,
}
"""The same of what services for campaigns send."""
OF_MACHINES: Final[Mapping[Kind, float]] = {
    Kind.NOTIFICATION: 0.17,
    Kind.RECEIPT: 0.11,
    Kind.DELIVERY: 0.1,
    Kind.PROMOTION: 0.1,
    Kind.BILL: 0.08,
    Kind.SECURITY_ALERT: 0.08,
    Kind.SOCIAL: 0.07,
    Kind.TRAVEL: 0.06,
    Kind.MEETING: 0.05,
    Kind.SECURITY_CODE: 0.05,
    Kind.NEWSLETTER: 0.05,
    Kind.SURVEY: 0.03,
    Kind.OTHER: 0.02,
    Kind.PHISHING: 0.015,
    Kind.SPAM: 0.01,
    Kind.WORK: 0.004,
    Kind.PERSONAL: 0.001,
}
"""What comes from addresses that take no answer."""
OF_CODES: Final[Mapping[Kind, float]] = {
    **dict.fromkeys(Kind, 0.002),
    Kind.SECURITY_CODE: 0.8,
    Kind.SECURITY_ALERT: 0.06,
    Kind.DELIVERY: 0.04,
    Kind.MEETING: 0.03,
    Kind.TRAVEL: 0.02,
    Kind.NOTIFICATION: 0.02,
    Kind.PHISHING: 0.01,
}
"""What short mail with a code in it is: lockers and doors have codes too, the rest hardly ever."""

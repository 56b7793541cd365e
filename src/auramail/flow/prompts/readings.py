"""What a model's word for a kind is told as, in a sentence of the house's own."""

from collections.abc import Mapping
from typing import Final

from auramail.core.decisions import Kind
from auramail.core.wording import Wording

READS_IT_AS: Final[Mapping[Kind, Wording]] = {
    Kind.PERSONAL: Wording("The language model {model} reads it as a personal letter"),
    Kind.WORK: Wording("The language model {model} reads it as mail about work"),
    Kind.BILL: Wording("The language model {model} reads it as a bill"),
    Kind.RECEIPT: Wording("The language model {model} reads it as a receipt"),
    Kind.MEETING: Wording("The language model {model} reads it as news of a meeting"),
    Kind.TRAVEL: Wording("The language model {model} reads it as news of a journey"),
    Kind.DELIVERY: Wording("The language model {model} reads it as news of a parcel"),
    Kind.SECURITY_CODE: Wording("The language model {model} reads it as a one-time code"),
    Kind.SECURITY_ALERT: Wording("The language model {model} reads it as a security alert"),
    Kind.PROMOTION: Wording("The language model {model} reads it as a promotion"),
    Kind.NEWSLETTER: Wording("The language model {model} reads it as a newsletter"),
    Kind.SOCIAL: Wording("The language model {model} reads it as a notice of a social network"),
    Kind.NOTIFICATION: Wording("The language model {model} reads it as an automatic notice"),
    Kind.SURVEY: Wording("The language model {model} reads it as a survey"),
    Kind.SPAM: Wording("The language model {model} reads it as spam"),
    Kind.PHISHING: Wording("The language model {model} reads it as phishing"),
    Kind.OTHER: Wording("The language model {model} reads it as mail of no particular kind"),
}
"""A sentence for each kind: a word put into a sentence cannot be inflected."""

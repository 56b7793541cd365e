"""What the pages call the nouns of the house."""

from collections.abc import Mapping

from auramail.core.actions import Action
from auramail.core.decisions import Asked, Category, Judge, Kind, ModelNote
from auramail.core.findings import Danger
from auramail.core.history import Entry, State
from auramail.core.labels import INBOX, SPAM, TRASH
from auramail.core.policy import Autonomy
from auramail.core.privacy import Withheld
from auramail.core.questions import Purpose
from auramail.core.runs import RunKind, RunState
from auramail.core.wording import Wording
from auramail.ops.model.places import Place
from auramail.reading.masking import Secret

CATEGORIES: Mapping[str, Wording] = {
    Category.IMPORTANT: Wording("Important"),
    Category.ACTION_REQUIRED: Wording("Action required"),
    Category.NEWSLETTER: Wording("Newsletters"),
    Category.SOCIAL: Wording("Social"),
    Category.REVIEW: Wording("Review"),
    Category.DELETE: Wording("To delete"),
    Category.DANGER: Wording("Danger"),
}

KINDS: Mapping[str, Wording] = {
    Kind.PERSONAL: Wording("personal"),
    Kind.WORK: Wording("work"),
    Kind.BILL: Wording("bill"),
    Kind.RECEIPT: Wording("receipt"),
    Kind.MEETING: Wording("meeting"),
    Kind.TRAVEL: Wording("travel"),
    Kind.DELIVERY: Wording("delivery"),
    Kind.SECURITY_CODE: Wording("security code"),
    Kind.SECURITY_ALERT: Wording("security alert"),
    Kind.PROMOTION: Wording("promotion"),
    Kind.NEWSLETTER: Wording("newsletter"),
    Kind.SOCIAL: Wording("social"),
    Kind.NOTIFICATION: Wording("notification"),
    Kind.SURVEY: Wording("survey"),
    Kind.SPAM: Wording("spam"),
    Kind.PHISHING: Wording("phishing"),
    Kind.OTHER: Wording("other"),
}

ACTIONS: Mapping[str, Wording] = {
    Action.MOVE: Wording("Moved"),
    Action.ARCHIVE: Wording("Archived"),
    Action.DELETE: Wording("Put in the trash"),
    Action.NO_ACTION: Wording("Labelled"),
}

INTENTIONS: Mapping[str, Wording] = {
    Action.MOVE: Wording("Move out of the inbox"),
    Action.ARCHIVE: Wording("Archive"),
    Action.DELETE: Wording("Put in the trash"),
    Action.NO_ACTION: Wording("Label, and leave where it is"),
}

STATES: Mapping[str, Wording] = {
    State.HELD: Wording("Waits for your yes"),
    State.PLANNED: Wording("Planned"),
    State.APPLYING: Wording("Being done"),
    State.APPLIED: Wording("Done"),
    State.FAILED: Wording("Failed"),
    State.SKIPPED: Wording("Skipped"),
    State.APPROVED: Wording("Approved"),
    State.DECLINED: Wording("Declined"),
    State.REPLACED: Wording("Replaced by a newer proposal"),
    State.UNDOING: Wording("Being undone"),
    State.UNDONE: Wording("Undone"),
}

RUN_KINDS: Mapping[str, Wording] = {
    RunKind.SORT: Wording("Sort"),
    RunKind.LIVE: Wording("New mail"),
    RunKind.UNDO: Wording("Undo"),
    RunKind.APPROVE: Wording("Approval"),
    RunKind.SECOND_LOOK: Wording("Second look"),
}

RUN_STATES: Mapping[str, Wording] = {
    RunState.QUEUED: Wording("Waiting to start"),
    RunState.RUNNING: Wording("Running"),
    RunState.DONE: Wording("Finished"),
    RunState.CANCELLED: Wording("Cancelled"),
    RunState.FAILED: Wording("Stopped"),
}

PHASES: Mapping[str, Wording] = {
    "": Wording("Waiting for a worker"),
    "listing": Wording("Listing messages"),
    "reading": Wording("Reading and deciding"),
    "asking": Wording("Waiting for the language model"),
    "applying": Wording("Making the changes"),
    "waiting": Wording("Waiting for the mailbox"),
    "finished": Wording("Finished"),
}

JUDGES: Mapping[str, Wording] = {
    Judge.RULE: Wording("Your rule"),
    Judge.GUARD: Wording("Guards"),
    Judge.SIGNAL: Wording("Headers"),
    Judge.SENDER: Wording("Learned sender"),
    Judge.LOCAL: Wording("Local classifier"),
    Judge.MODEL: Wording("Language model"),
    Judge.SURVEY: Wording("Search, without reading"),
    Judge.UNSURE: Wording("Not sure"),
}

GUARDS: Mapping[str, Wording] = {
    "authentication": Wording("Sender not authenticated"),
    "impersonation": Wording("Pretends to be somebody"),
    "lookalikes": Wording("Look-alike domain"),
    "links": Wording("Deceptive link"),
    "attachments": Wording("Dangerous attachment"),
    "requests": Wording("Asks for secrets or money"),
    "injection": Wording("Talks to the model"),
    "wording": Wording("Worded like fraud"),
}

DANGERS: Mapping[Danger, Wording] = {
    Danger.NONE: Wording("no danger"),
    Danger.LOW: Wording("low danger"),
    Danger.MEDIUM: Wording("suspicious"),
    Danger.HIGH: Wording("dangerous"),
}

AUTONOMY: Mapping[str, tuple[Wording, Wording]] = {
    Autonomy.FULL: (Wording("Sort"), Wording("Labels, and moves what is clearly not for the inbox.")),
    Autonomy.LABEL_ONLY: (Wording("Label only"), Wording("Labels; nothing leaves the inbox.")),
    Autonomy.SUGGEST: (Wording("Suggest"), Wording("Touches nothing until you say yes.")),
}

FOLDERS: Mapping[str, Wording] = {INBOX: Wording("Inbox"), SPAM: Wording("Spam"), TRASH: Wording("Trash")}

PLACES: Mapping[str, Wording] = {
    "forums": Wording("Forums"),
    "promotions": Wording("Promotions"),
    "social": Wording("Social networks"),
    "updates": Wording("Updates"),
}
"""Gmail's own categories of mail that goes to many."""

REASONS: Mapping[str, Wording] = {
    "already_handled": Wording("handled before"),
    "already_undone": Wording("undone before"),
    "gone": Wording("no longer in the mailbox"),
    "purged": Wording("already emptied from the trash"),
    "before_live": Wording("older than live sorting"),
    "changed_meanwhile": Wording("you changed it while AuraMail was stopped"),
    "uncertain": Wording("AuraMail was stopped while changing it"),
    "refused": Wording("the mailbox refused the change"),
    "unreadable": Wording("could not be read"),
    "stopped": Wording("the run stopped before it"),
    "undone": Wording("you undid it before"),
    "cancelled": Wording("you cancelled the run"),
    "live_off": Wording("you turned the sorting of new mail off"),
    "put_there": Wording("you put it there yourself"),
    "changed_since": Wording("you changed it since, so it stays as it is"),
    "needless": Wording("nothing is left to ask about it"),
    "unanswered": Wording("the language model had no answer this time either"),
    "withheld": Wording("the language model may not see it"),
}

ASKED: Mapping[str, Wording] = {
    Asked.ANSWERED: Wording("It was asked, and answered."),
    Asked.UNUSABLE: Wording("It was asked, but its answer could not be used; the others decided."),
    Asked.LATER: Wording("It had no time to answer, so the others decided; it is asked again later."),
    Asked.SPENT: Wording("It was not asked, as what may be spent on it was spent; it is asked again later."),
    Asked.WITHHELD: Wording("It was not asked: you keep this message from the cloud."),
    Asked.REFUSED: Wording("It was asked, but its server does not take this message; the others decided."),
    Asked.PROBLEM: Wording("It was not asked: something in its settings has to be mended first."),
    "never": Wording("It had no time to answer, and is asked no more; the others decided."),
}

WITHHELD: Mapping[str, Wording] = {
    Withheld.SWITCHED_OFF: Wording("It was not asked: you turned the cloud off."),
    Withheld.NO_CONSENT: Wording("It was not asked: you had not allowed a model in the cloud."),
    Withheld.SENDER: Wording("It was not asked: you keep mail of this sender from the cloud."),
    Withheld.LABEL: Wording("It was not asked: you keep mail with this label from the cloud."),
}

UNASKED: Mapping[str, Wording] = {
    Asked.UNUSABLE: Wording("its answer could not be used"),
    Asked.LATER: Wording("it had no time to answer"),
    Asked.SPENT: Wording("what may be spent was spent"),
    Asked.WITHHELD: Wording("you keep them from the cloud"),
    Asked.REFUSED: Wording("its server did not take them"),
    Asked.PROBLEM: Wording("its settings have to be mended"),
    "never": Wording("it had no time to answer, and is asked no more"),
}
"""Why a run's messages were decided without the language model."""

MODEL_PLACES: Mapping[str, Wording] = {
    Place.NOWHERE: Wording("nowhere"),
    Place.HERE: Wording("on this computer"),
    Place.NEAR: Wording("in your own network"),
    Place.CLOUD: Wording("in the cloud"),
}

PROVIDERS: Mapping[str, Wording] = {
    "gemini": Wording("Google Gemini"),
    "decisions": Wording("Google Gemini, Decisions"),
    "openai": Wording("OpenAI-compatible server"),
}

PURPOSES: Mapping[str, Wording] = {
    Purpose.JUDGE: Wording("to judge the message"),
    Purpose.RULE: Wording("to read a rule"),
    Purpose.SEARCH: Wording("to read a search"),
    Purpose.TRANSCRIBE: Wording("to write down what was said"),
}

SECRETS: Mapping[str, Wording] = {
    Secret.CODE: Wording("one-time codes"),
    Secret.KEY: Wording("private keys"),
    Secret.LINK: Wording("secret parts of links"),
    Secret.TOKEN: Wording("access keys"),
    Secret.ADDRESS: Wording("addresses of others"),
    Secret.SEED: Wording("wallet phrases"),
    Secret.IBAN: Wording("bank accounts"),
    Secret.CARD: Wording("card numbers"),
    Secret.CVV: Wording("card security codes"),
    Secret.PERSONAL: Wording("personal numbers"),
    Secret.PASSWORD: Wording("passwords"),
    Secret.PHONE: Wording("phone numbers"),
}


def model_said(note: ModelNote) -> Wording:
    """How the language model had to do with a decision, in a sentence."""
    if note.is_cached:
        return Wording("It had answered the same words before; nothing was sent anew.")
    if note.asked is Asked.WITHHELD and note.detail in WITHHELD:
        return WITHHELD[note.detail]
    return name_of(ASKED, note.asked)


def done(entry: Entry) -> Wording:
    """What was really done to a message: an action without a change, as in spam and trash, left it as it was."""
    if entry.undo_of is not None:
        return Wording("Taken back")
    return name_of(ACTIONS, entry.action) if entry.change else Wording("Left as it was")


def name_of(names: Mapping[str, Wording], key: str) -> Wording:
    """The name of a word that may be newer than this page: unknown ones name themselves."""
    return names.get(key) or Wording("{word}", (("word", key.replace("_", " ")),))

"""How much of real mail a model would be asked about; that mail is old, English, and tells only ham from spam."""

import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from auramail.core.accounts import Person
from auramail.core.findings import Danger
from auramail.core.messages import Source
from auramail.flow.classify import Case, Judges, weigh_up
from auramail.flow.consult import may_travel_together
from auramail.flow.parse import parse
from auramail.flow.prompts.judging import MOST_TOGETHER
from auramail.judging.local import LocalClassifier
from auramail.judging.uncertainty import Measured

ARCHIVE: Final = "spamassassin.zip"
EVERY: Final = 5
"""One message of so many is looked at."""


def real_shares(data: Path, measured: Measured) -> list[dict[str, Any]]:
    """For each folder of the archive how many messages were looked at, and the share asked about."""
    judges = Judges(local=LocalClassifier.load().opinion)
    folders: defaultdict[str, list[Source]] = defaultdict(list)
    with zipfile.ZipFile(data / ARCHIVE) as archive:
        for name in archive.namelist():
            folder, _, file = name.rpartition("/")
            if folder and file:
                folders[folder.rpartition("/")[2]].append(Source(name, name, archive.read(name)))
    told = []
    for folder, sources in sorted(folders.items()):
        messages = parse(sources[::EVERY])
        cases = [weigh_up(message, Person(), judges, message.date) for message in messages]
        wanted = [case for case in cases if _is_wanted(case, measured)]
        company = sum(map(may_travel_together, wanted))
        calls = len(wanted) - company + company / MOST_TOGETHER
        told.append(
            {
                "mail": folder,
                "messages": len(cases),
                "asked": round(len(wanted) / len(cases), 3),
                "calls": round(1000 * calls / len(cases)),
            }
        )
    return told


def _is_wanted(case: Case, measured: Measured) -> bool:
    """By what is chosen now, not by what ships."""
    if case.guarded.danger >= Danger.MEDIUM:
        return False
    return measured.is_doubtful(case.decision, lambda: not may_travel_together(case))

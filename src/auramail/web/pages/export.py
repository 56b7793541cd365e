"""The history taken away as a file, narrowed as on the page."""

from itertools import islice

from flask import Blueprint, Response, request, stream_with_context
from flask.typing import ResponseReturnValue

from auramail.core.digests import HistoryFilter
from auramail.core.wording import Wording
from auramail.web import forms
from auramail.web.exports.printed import Heading, print_list
from auramail.web.exports.rows import cells, headings
from auramail.web.exports.sheet import write_sheet
from auramail.web.house import house
from auramail.web.i18n import format_time, say
from auramail.web.security import limiter
from auramail.web.signin import for_readers, reader

pages = Blueprint("export", __name__)
MOST_PRINTED = 5000


@pages.get("/export/csv")
@for_readers
@limiter.limit("20 per minute")
def as_csv() -> ResponseReturnValue:
    lines = write_sheet(headings(), cells(house().reading.stream(reader().account_ids, _wanted())))
    return Response(stream_with_context(lines), mimetype="text/csv", headers=_as_file("csv"))


@pages.get("/export/pdf")
@for_readers
@limiter.limit("20 per minute")
def as_pdf() -> ResponseReturnValue:
    entries = list(islice(house().reading.stream(reader().account_ids, _wanted()), MOST_PRINTED))
    told = [f"{reader().title} · {format_time(house().clock.now())}"]
    if len(entries) == MOST_PRINTED:
        told.append(say(Wording.of("Only the newest {count} entries are printed.", count=MOST_PRINTED)))
    printed = print_list(Heading(say(Wording("AuraMail: history")), tuple(told)), headings(), cells(entries))
    return Response(printed, mimetype="application/pdf", headers=_as_file("pdf"))


def _wanted() -> HistoryFilter:
    me = reader()
    return forms.read_history_filter(request.args, (me.account or me.accounts[0]).zone)


def _as_file(kind: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="auramail-history.{kind}"',
        "Cache-Control": "no-store",
    }

"""Search: what a request in plain words means as a Gmail query. Nothing is searched."""

from auramail.web import seeking
from auramail.web.api.programs import part
from auramail.web.api.search_shapes import RequestIn, SearchOut
from auramail.web.security import limiter
from auramail.web.signin import reader

api = part("search", "/api/v1/search", "Search")


@api.post("/understand")
@limiter.limit("60 per minute")
@api.input(RequestIn)
@api.output(SearchOut)
def understand(json_data: RequestIn) -> SearchOut:
    """Say which query the words become. Where that is unsure, a language model is asked, if the person allowed it."""
    me = reader()
    account = me.own(json_data.account) if json_data.account else me.account or me.accounts[0]
    return SearchOut.of(seeking.understood(account, json_data.text))

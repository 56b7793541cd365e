"""What the tests of language models stand on: a server of models, and each model that speaks to it."""

from collections.abc import Iterator

import pytest

from auramail.ports.models import LanguageModel
from tests.contracts.model_cases import CASES, ON_HTTP, answer
from tests.fakes.model_server import ModelServer


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(lambda _: answer()) as started:
        yield started


@pytest.fixture(params=ON_HTTP)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def remote(name: str, server: ModelServer) -> Iterator[LanguageModel]:
    with CASES[name].opened(server) as opened:
        yield opened

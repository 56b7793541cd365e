"""The page about labels and scores names every field there is."""

import json
import re
from pathlib import Path
from typing import Any

from auramail.core.decisions import Category, Kind
from auramail.flow.classify import Judges
from auramail.ops.quality.labels import read_labels
from auramail.ops.quality.measure import measure
from auramail.ops.quality.said import Judged
from evals.run import measured
from evals.sets import FOLDER
from tools.write_docs import ROOT

PAGE = (ROOT / "docs/reference/labels-and-scores.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`\"?([\w]+)\"?`", PAGE)) | set(re.findall(r"\"(\w+)\"", PAGE))
DATA = {*Kind, *Category}
"""Keys that are what a message is, not what is told of it."""


def keys(value: Any, depth: int = 0) -> set[str]:
    """The names of all fields, but not those that the mail itself gives: languages, sources."""
    if isinstance(value, list):
        return {name for each in value for name in keys(each, depth)}
    if not isinstance(value, dict):
        return set()
    inner = {name for each in value.values() for name in keys(each, depth + 1)}
    return set(value) | inner


def test_every_score_is_explained() -> None:
    _, report = measured(FOLDER, Judges())
    del report["by_language"], report["by_source"], report["judges"]

    assert keys(report) - DATA - NAMED == set()


def test_every_kind_and_category_is_named() -> None:
    assert set() == DATA - NAMED


def test_the_examples_are_labels(tmp_path: Path) -> None:
    examples = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
    assert len(examples) == 2
    file = json.loads(examples[0])["file"]
    (tmp_path / file).parent.mkdir()
    (tmp_path / file).write_bytes(b"Subject: Water\n\nPay.\n")
    (tmp_path / "labels.jsonl").write_text("\n".join(examples), "utf-8")

    labelled = list(read_labels(tmp_path))

    assert [type(each) is Judged for each in labelled] == [False, True]
    assert measure([each for each in labelled if isinstance(each, Judged)])["kinds"]["right"]["count"] == 0

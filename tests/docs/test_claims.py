"""Numbers in the README are those that were measured last."""

import json

import pytest

from tools.write_docs import ROOT

SCORES = json.loads((ROOT / "evals" / "scores.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_classifier_is_as_good_as_the_readme_says(language: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    readme = " ".join(readme.split())
    assert "more than four in five" in readme
    assert SCORES[language]["local_accuracy"]["score"] > 0.8
    assert "nine times in ten" in readme
    assert SCORES[language]["local_right_when_sure"]["score"] >= 0.9

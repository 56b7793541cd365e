import pytest

from auramail.reading.searching.names import Case, is_bent, is_given, is_role, nominatives


@pytest.mark.parametrize(
    ("said", "case", "forms"),
    [
        ("Олени", Case.GENITIVE, ["Олена"]),
        ("олени", Case.GENITIVE, ["олена"]),
        ("ОЛЕНИ", Case.GENITIVE, ["ОЛЕНА"]),
        ("Богдана", Case.GENITIVE, ["Богдан"]),
        ("Богдани", Case.GENITIVE, ["Богдана"]),
        ("Богдана", Case.NOMINATIVE, ["Богдана"]),
        ("Олександра", Case.GENITIVE, ["Олександр"]),
        ("Марії", Case.GENITIVE, ["Марія"]),
        ("Ольги", Case.GENITIVE, ["Ольга"]),
        ("Ользі", Case.DATIVE, ["Ольга"]),
        ("Ігоря", Case.GENITIVE, ["Ігор"]),
        ("Петрові", Case.DATIVE, ["Петро"]),
        ("Олегом", Case.INSTRUMENTAL, ["Олег"]),
        ("Марією", Case.INSTRUMENTAL, ["Марія"]),
        ("Зеленського", Case.GENITIVE, ["Зеленський"]),
        ("Петренка", Case.GENITIVE, ["Петренко"]),
        ("Шевчука", Case.GENITIVE, ["Шевчук"]),
        ("Шевчук", Case.GENITIVE, ["Шевчук"]),
        ("Коваль", Case.GENITIVE, ["Коваль"]),
        ("Розетки", Case.GENITIVE, ["Розетка", "Розетки"]),
        ("Приватбанку", Case.GENITIVE, ["Приватбанк", "Приватбанку"]),
        ("Bob", Case.GENITIVE, ["Bob"]),
        ("лікаря", Case.GENITIVE, ["лікар"]),
        ("податкової", Case.GENITIVE, ["податкова"]),
    ],
)
def test_nominative_is_given_alone_only_where_it_is_certain(said: str, case: Case, forms: list[str]) -> None:
    assert nominatives(said, case) == forms


def test_word_before_makes_a_guess_certain() -> None:
    assert nominatives("пошти", Case.GENITIVE, before="нової") == ["пошта"]


def test_who_somebody_is_to_the_person_is_told_from_who_it_is() -> None:
    assert is_given("олени")
    assert is_given("bob")
    assert not is_given("бухгалтера")
    assert is_role("бухгалтера")
    assert is_role("boss")
    assert not is_role("bob")


@pytest.mark.parametrize(
    ("key", "bent"), [("лікарю", True), ("лікар", False), ("олені", True), ("олена", False), ("x", False)]
)
def test_bent_forms_of_known_names_are_told(key: str, bent: bool) -> None:
    assert is_bent(key) is bent

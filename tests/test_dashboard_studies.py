"""The shipped studies on the dashboard: read as they are, what did not hold included, nothing lived again."""

import pytest

from cpts.dashboard import studies
from cpts.dashboard.held import held
from experiments.protocol import read_protocol
from simulation.model import PrimaryCare
from texts import LANGUAGES, say


@pytest.fixture(scope="module")
def read():
    """Every study, read while nothing may be lived."""
    with pytest.MonkeyPatch.context() as forbidden:
        forbidden.setattr(PrimaryCare, "step", lambda _: pytest.fail("a world was lived"))
        return {name: studies.told(name) for name in studies.shipped()}


def test_all_are_read_without_living_anything_with_a_question_and_an_answer_in_both_languages(read):
    assert len(read) == 5
    for name, told in read.items():
        protocol = read_protocol(studies.folder() / name)
        for lang in LANGUAGES:
            assert told[lang]["question"] == getattr(protocol.question, "get", dict(protocol.question).get)(
                lang
            )
            assert told[lang]["answer"].endswith(".")
            assert len(told[lang]["rows"]) == len(protocol.scenarios) + len(protocol.negative_controls)


def test_what_was_held_true_before_is_told_as_the_frozen_protocol_has_it():
    for name in studies.shipped():
        assert say(f"dashboard.hypothesis_{name}", "en") == read_protocol(studies.folder() / name).hypothesis


def test_the_one_that_did_not_hold_says_so(read):
    missed = {name for name, told in read.items() if told["fr"]["missed"]}
    assert missed == {"assistants-or-missions"}
    assert read["assistants-or-missions"]["fr"]["held"] == "Elle ne tient pas."


def test_no_difference_is_told_as_none_and_a_loss_as_a_loss(read):
    assert read["which-mission-first"]["fr"]["answer"].startswith("Aucune différence utile")
    assert "de moins" in read["what-a-departure-costs"]["fr"]["answer"]


def test_an_action_opens_in_the_page_only_when_its_levers_hold_it_exactly(read):
    rows = {one["label"]: one["open"] for one in read["how-many-slots"]["fr"]["rows"]}
    assert any("unscheduled_care=5,3" in one for one in rows.values())
    assert {one["open"] for one in read["assistants-or-missions"]["fr"]["rows"][2:3]} == {
        ""
    }  # a fourth house


def test_a_study_of_somebody_else_has_no_rule_and_claims_nothing():
    assert held("mine", None) is None

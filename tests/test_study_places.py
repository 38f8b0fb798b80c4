"""A study on several territories, over several years, weighed in euros: decided in the protocol, told in the report."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest
import yaml

from experiments.archive import archive, keep, kept, reproduce, unpacked
from experiments.economics import flows, net_benefits
from experiments.freezing import decided, deviate, freeze, frozen
from experiments.outcome import run_study
from experiments.protocol import Protocol, read_protocol
from experiments.protocol_parts import worded
from experiments.report.contents import Made
from experiments.report.html import page
from experiments.report.of_study import study_report
from experiments.store import Store
from experiments.study import Study, luck_pairs, planned
from simulation.faults import Refused
from tests.test_study import ASKED, ROOT, SHIPPED

DAY = date(2027, 1, 4)
PRIMARY = "answered_48h_per_1000"
WIDE = {
    "estimand": {
        "population": {"fr": "tout le monde", "en": "everybody"}, "contrast": "one GP, two slots",
        "outcome": "answered", "summary": {"fr": "moyenne"},
    },
    "hypothesis": {"fr": "rien de plus", "en": "nothing more"},
    "negative_controls": [],
    "territories": ["village", "hamlet"],
    "horizon": {"warm_up_days": 14, "years": 2, "report_years": [2]},
    "economics": {
        "perspectives": ["insurer", "carers_time"], "price_year": 2025, "discount": 0.04, "wtp": [0, 50, 1000],
    },
    "keep": {"monthly": True},
    "changes": ["ring=off"],
    "uncertainty": {"draws": 2, "chance": {"pilot": 2}},
}  # fmt: skip


def written(folder, **changes):
    """A study of the village, and of the same village under another name, half as far apart."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text(yaml.safe_dump({**ASKED, **WIDE, **changes}, allow_unicode=True))
    (folder / "slots.yaml").write_text(
        "title: {fr: Des créneaux, en: Slots}\nextends: village.yaml\n"
        "policies: {unscheduled_care: {gps: 1, slots_per_week: 2}}\n"
    )
    hamlet = folder / "territories" / "hamlet"
    hamlet.mkdir(parents=True, exist_ok=True)
    for path in (SHIPPED / "territories" / "village").iterdir():
        (hamlet / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    study = Study(written(tmp_path_factory.mktemp("places") / "a-study"), SHIPPED)
    freeze(study, DAY)
    found = run_study(study, Store(study.folder / "results", months=True))
    keep(found)
    return found


def faults(folder, **changes):
    with pytest.raises(Refused) as refused:
        Study(written(folder, **changes), SHIPPED)
    return refused.value.faults


def line(folder, text):
    lines = (folder / "study.yaml").read_text().splitlines()
    return 1 + next(at for at, one in enumerate(lines) if one.startswith(text))


def test_keys_that_came_later_leave_older_protocols_as_they_were(tmp_path):
    for folder in sorted((ROOT / "experiments" / "studies").glob("*/")):
        told = json.loads((folder / "frozen.json").read_text())
        asked = read_protocol(folder)
        assert asked.digest == told["hash"]
        assert asked.decided == told["protocol"]
    assert set(Protocol.model_fields) - set(told["protocol"]) == {
        "territories", "horizon", "economics", "keep", "sensitivity", "run", "report", "archive",
    }  # fmt: skip
    wide = read_protocol(written(tmp_path / "s"))
    assert {"territories", "horizon", "economics", "keep"} < set(wide.decided)
    assert read_protocol(written(tmp_path / "t", territories=["hamlet", "village"])).digest != wide.digest


def test_every_scenario_is_lived_on_every_territory_over_the_horizon(lived):
    study = lived.study
    assert [place.territory for place in study.places] == ["village", "hamlet"]
    assert {one.days for one in study.scenarios.values()} == {728}
    assert {one.warm_up_days for one in study.scenarios.values()} == {14}
    assert len(planned(study, 2)) == 2 * (2 + 2) * 2
    assert set(lived.pairs["territory"]) == {"village", "hamlet"}
    assert {"year:1", "year:2", "month:2027-01", "month:2028-12"} <= set(lived.pairs["group"])
    for place in lived.places:
        mine = lived.pairs[lived.pairs["territory"] == place.study.territory]
        rows = mine.query("indicator == @PRIMARY and group == 'all' and kind == 'world'")
        by_hand = (rows["alternative_value"] - rows["baseline"]).mean()
        assert place.comparison.difference(PRIMARY).mean == pytest.approx(by_hand, nan_ok=False)


def test_the_same_place_under_another_name_lives_the_same_lives(lived):
    one, other = (place.comparison.pairs.drop(columns="seed") for place in lived.places)
    pd.testing.assert_frame_equal(one, other)


def test_what_is_frozen_names_each_territory(lived):
    assert set(decided(lived.study)["scenarios"]) == {
        f"{place}/{name}" for place in ("village", "hamlet") for name in ("village", "slots")
    }
    assert deviate(lived.study, DAY) == []
    assert frozen(lived.study)["protocol"]["horizon"]["years"] == 2


def test_an_archive_carries_the_territories_of_the_study_and_gives_the_table_again(lived, tmp_path):
    archive(lived.study, tmp_path / "a.zip")
    again = unpacked(tmp_path / "a.zip", tmp_path / "there")
    assert len(kept(again).pairs) == len(lived.pairs)
    same = reproduce(again, Store(tmp_path / "results", months=True), first=1)
    assert same.rows > 1000
    assert (same.differing, same.versions) == (0, ())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_report_tells_territories_side_by_side_then_each(lived, lang):
    document = study_report(lived, Made("1.0", "0123456789", DAY, {}), [], lang)
    tables = {table.name: table for table in document.tables}
    assert tables["territories"].heads[1:] == tuple(
        place.study.baseline.territory.name for place in lived.places
    )
    assert len(tables["territories"].heads) == 3
    assert {"primary-village", "primary-hamlet", "years-village", "net-benefit-hamlet"} <= set(tables)
    assert len(tables) == len(document.tables)
    assert {row[2] for row in tables["years-village"].rows} == {"2"}
    assert len({figure.name for figure in document.figures}) == len(document.figures) == 4
    text = page(document)
    assert ("tout le monde" if lang == "fr" else "everybody") in text
    assert "2025" in text
    assert "moyenne" in text  # told in the only language in which it was written


def test_later_years_count_less_in_money_and_in_answers(lived):
    comparison = lived.comparison.of("slots")
    plain, later = flows(comparison), flows(comparison, 0.04)
    pairs = comparison.pairs.query("alternative == 'slots' and indicator == 'money_eur' and kind == 'world'")
    by_year = [
        (one["alternative_value"] - one["baseline"]).to_numpy()
        for one in (pairs[pairs["group"] == f"year:{year}"].sort_values("number") for year in (1, 2))
    ]
    assert by_year[1].min() > 0
    assert np.allclose(plain.money, by_year[0] + by_year[1])
    assert np.allclose(later.money, by_year[0] + by_year[1] / 1.04)
    free, dear = net_benefits(later, [0, 1000])
    assert free.mean == pytest.approx(-float(later.money.mean()))
    assert dear.mean - free.mean == pytest.approx(1000 * float(later.answers.mean()))
    assert free.low <= free.mean <= free.high


def test_a_territory_that_is_nowhere_is_told_on_its_line(tmp_path):
    found = faults(tmp_path / "s", territories=["village", "vilage"])
    assert [(one.code, one.field) for one in found] == [("territory_missing", "territories.1")]
    assert found[0].file == "s/study.yaml"
    assert found[0].line == line(tmp_path / "s", "territories:") + 2
    assert found[0].details["nearest"] == "village"


def test_what_is_decided_twice_or_beyond_the_horizon_is_told_at_once(tmp_path):
    found = faults(
        tmp_path / "s", territories=["village", "village"], changes=["ring=off", "days=28", "territory=canton"],
        horizon={"years": 2, "report_years": [1, 3]},
    )  # fmt: skip
    assert {(one.code, one.field) for one in found} == {
        ("named_twice", "territories.1"), ("said_twice", "changes.1"), ("said_twice", "changes.2"),
        ("out_of_range", "horizon.report_years.1"),
    }  # fmt: skip
    assert all(one.line > 0 for one in found)


def test_faults_inside_new_parts_name_the_field_as_it_was_written(tmp_path):
    found = faults(
        tmp_path / "s", estimand={**WIDE["estimand"], "population": {"de": "alle"}, "outcome": ["a"]},
        horizon={"years": 0}, economics={"wtp": [-1], "discount": "2,5"},
    )  # fmt: skip
    assert {(one.code, one.field) for one in found} == {
        ("unknown_language", "estimand.population.de"), ("not_text", "estimand.outcome"),
        ("out_of_range", "horizon.years"), ("out_of_range", "economics.wtp.0"),
        ("decimal_comma", "economics.discount"),
    }  # fmt: skip


def test_a_text_in_one_language_is_told_in_both():
    assert worded("one", "fr") == worded({"en": "one"}, "fr") == "one"
    assert worded({"fr": "un", "en": "one"}, "en") == "one"


def test_luck_pairs_of_a_territory_know_where_they_are(lived):
    assert {one.at["territory"] for one in luck_pairs(lived.study.places[1], 1)} == {"hamlet"}

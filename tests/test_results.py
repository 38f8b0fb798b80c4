"""What a run says: a tidy table whose parts add up, and where it all comes from."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from simulation import read_results, run
from simulation.indicators import INDICATORS
from simulation.kernels import codes
from simulation.results import COLUMNS, FORMAT, TEXTS, results_of
from simulation.running import begin
from tests.territories import SCENARIOS, counted, lived, results, scenario, shipped

YEAR = {"days": 364, "warm_up_days": 28}
MISSION = {"unscheduled_care": {"gps": 3, "slots_per_week": 3}}
KEY = ["month", "commune", "group", "indicator"]


@pytest.fixture(scope="module")
def canton():
    return results(scenario("canton", policies=MISSION, **YEAR))


@pytest.fixture(scope="module")
def table(canton):
    return canton.table


@pytest.fixture(scope="module")
def cevennes():
    return results(scenario("baseline", days=91, warm_up_days=28))


# ---------------------------------------------------------------- the shape of the table


def test_a_table_has_the_columns_that_are_promised_text_being_dictionaries(table):
    assert tuple(table.columns) == COLUMNS
    for name in TEXTS:
        assert isinstance(table[name].dtype, pd.CategoricalDtype)
        assert table[name].cat.categories.inferred_type == "string"
        assert set(table[name].cat.categories) == set(table[name])
    assert table["value"].dtype == np.float64
    assert table["n"].dtype == np.int64
    assert table["seed"].dtype == np.int64
    assert table.index.equals(pd.RangeIndex(len(table)))


def test_every_figure_is_finite_and_says_how_many_cases_it_rests_on(table, cevennes):
    for one in (table, cevennes.table):
        assert np.isfinite(one["value"]).all()
        assert (one["n"] >= 0).all()
        assert not one.isna().any().any()


def test_no_figure_is_told_twice(table, cevennes):
    for one in (table, cevennes.table):
        assert not one.duplicated(KEY).any()


def test_every_indicator_is_told_with_its_unit_and_in_its_range(table):
    alone = {"delay_colleague_mean"}  # its GPs work alone
    assert set(table["indicator"]) | alone == set(INDICATORS)
    for name, rows in table.groupby("indicator", observed=True):
        assert set(rows["unit"]) == {INDICATORS[name].unit}
        assert rows["value"].min() >= (-1000 if "gap" in name else 0)
        beyond = {"dedicated_used_share", "utilisation"}  # slots are released, sessions may overrun
        if INDICATORS[name].unit.startswith("share") and name not in beyond:
            assert rows["value"].max() <= 1, name
        if INDICATORS[name].unit == "per 1,000 requests":
            assert rows["value"].max() <= 1000, name


def test_a_share_is_never_told_where_there_is_no_case(table):
    shares = table[table["unit"].astype(str).str.startswith("share of visits")]
    assert (shares["n"] > 0).all()


def test_communes_of_the_ring_are_in_no_figure_but_that_of_the_ring(cevennes):
    communes = scenario("baseline").territory.communes
    ring = set(communes.loc[~communes["inside"], "insee_code"])
    told = set(cevennes.table["commune"])
    inside = communes[communes["inside"]]
    large = set(inside.loc[inside["population"] >= 300, "insee_code"])
    together = cevennes.provenance["told_together"]
    assert told - {"all"} - set(together) <= large
    everybody = [
        *(told - {"all"} - set(together)),
        *(code for codes_ in together.values() for code in codes_),
    ]
    assert sorted(everybody) == sorted(inside["insee_code"])
    assert not told & ring
    assert "ring" in set(cevennes.table["group"])
    inside = communes.loc[communes["inside"], "population"].sum()
    model = lived(scenario("baseline", days=91, warm_up_days=28))
    assert model.state.tally.group[0, : codes.GROUPS, codes.PEOPLE].sum() == inside
    assert "ring" not in set(results(shipped("canton")).table["group"])


def test_the_scenario_and_the_seed_stand_on_each_row(table, canton):
    assert set(table["scenario"]) == {"An invented canton"}
    assert set(table["seed"]) == {canton.seed} == {20270104}


# ---------------------------------------------------------------- parts add up

COUNTED = [name for name, one in INDICATORS.items() if one.unit == "per 1,000 requests" and "gap" not in name]


def made(rows):
    return rows.set_index(KEY[:3])["n"]


def picked(table, **where):
    chosen = np.ones(len(table), dtype=bool)
    for name, value in where.items():
        chosen &= (table[name] == value) if isinstance(value, str) else table[name].isin(value)
    return table[chosen]


@pytest.mark.parametrize("indicator", [*COUNTED, "continuity_share", "without_usual_gp_share", "ed_per_1000"])
def test_communes_add_up_to_the_territory(table, indicator):
    whole = picked(table, indicator=indicator, month="all", group="all")
    parts = whole[whole["commune"] != "all"]
    total = whole[whole["commune"] == "all"]
    assert len(parts) == 4  # the smallest of the five communes is told with the next
    assert parts["n"].sum() == total["n"].item() > 0
    if indicator != "ed_per_1000":  # its cases are the events, not what they are divided by
        mean = np.average(parts["value"], weights=parts["n"])
        assert mean == pytest.approx(total["value"].item(), rel=1e-12)


@pytest.mark.parametrize(
    "indicator", [*COUNTED, "continuity_share", "nearest_share", "ed_per_1000", "money_eur"]
)
def test_months_add_up_to_the_period(table, indicator):
    whole = picked(table, indicator=indicator, commune="all", group="all")
    months = whole[whole["month"] != "all"]
    total = whole[whole["month"] == "all"]
    assert len(months) in (12, 13)  # the last month is a week-end
    if indicator == "money_eur":
        assert months["value"].sum() == pytest.approx(total["value"].item())
    else:
        assert months["n"].sum() == total["n"].item() > 0
    if indicator not in ("ed_per_1000", "money_eur"):
        mean = np.average(months["value"], weights=months["n"])
        assert mean == pytest.approx(total["value"].item(), rel=1e-12)


@pytest.mark.parametrize("partition", ["age", "ald", "deprived", "car", "cpts", "basin"])
@pytest.mark.parametrize("indicator", ["answered_48h_per_1000", "unserved_per_1000", "travel_minutes"])
def test_groups_part_everybody(cevennes, partition, indicator):
    """One breakdown at a time, each covering everybody once; 18-69 is told besides, for comparison."""
    whole = picked(cevennes.table, indicator=indicator, month="all", commune="all")
    names = whole["group"].astype(str)
    parts = whole[names.str.startswith(f"{partition}:") & (names != "age:18-69")]
    total = whole[names == "all"]
    assert len(parts) >= (1 if partition == "cpts" else 2)
    assert parts["n"].sum() == total["n"].item()
    mean = np.average(parts["value"], weights=parts["n"])
    assert mean == pytest.approx(total["value"].item(), rel=1e-12)


def test_the_group_of_eighteen_to_sixty_nine_is_three_age_groups_together(cevennes):
    whole = picked(cevennes.table, indicator="unserved_per_1000", month="all", commune="all")
    n = whole.set_index(whole["group"].astype(str))["n"]
    assert n["age:18-69"] == n["age:18-29"] + n["age:30-49"] + n["age:50-69"]


def test_counts_by_place_and_by_group_are_the_same_counts():
    for model in (lived(scenario("baseline", days=91, warm_up_days=28)), lived(scenario("canton", **YEAR))):
        tally = model.state.tally
        inside = model.state.places.inside == 1
        assert np.array_equal(tally.place[:, inside].sum(axis=1), tally.group[:, : codes.GROUPS].sum(axis=1))
        assert not tally.place[:, ~inside].any()
        assert tally.group[:, codes.GROUPS :].any() == (~inside).any()


def test_delays_counted_are_the_visits_counted():
    model = lived(scenario("canton", **YEAR))
    cells = np.arange(codes.CLASSES) * codes.MEASURES_OF_CLASS
    ended = sum(counted(model, int(cell) + end) for cell in cells for end in (codes.VISITED, codes.HELD))
    for clock in (codes.TOTAL, codes.UNDERGONE):
        assert model.state.tally.delay[clock].sum() == ended
    days = sum(counted(model, int(cell) + codes.UNDERGONE_DAYS) for cell in cells)
    spread = model.state.tally.delay[codes.UNDERGONE].sum(axis=(0, 1))
    assert spread[-1] == 0, "a delay beyond the longest that is counted"
    assert (spread * np.arange(codes.LONGEST_DELAY + 1)).sum() == days


def test_visits_counted_for_people_are_those_counted_for_practices():
    model = lived(scenario("canton", policies=MISSION, **YEAR))
    practice = model.state.tally.practice[:, model.state.practitioners.role == codes.GP]
    doors = (codes.BY_USUAL, codes.BY_COLLEAGUE, codes.BY_NUMBER, codes.BY_OTHER, codes.BY_WALK_IN)
    assert (
        practice[:, :, codes.SEEN].sum()
        == counted(model, codes.ACTS)
        == sum(counted(model, one) for one in doors)
    )
    assert (practice[:, :, codes.LEFT] <= practice[:, :, codes.LAID]).all()
    taken = practice[:, :, codes.LAID].sum() - practice[:, :, codes.LEFT].sum()
    seen = practice[:, :, codes.SEEN].sum() - practice[:, :, codes.SQUEEZED_SEEN].sum()
    assert taken == seen + practice[:, :, codes.LOST].sum()
    assert practice[:, :, codes.ADDED_DEMAND].sum() == 0


def test_visits_to_other_roles_are_counted_for_them_and_as_no_act_of_a_gp():
    """A slot of theirs is used, lost or taken by demand that the door itself draws (two days ahead at most)."""
    model = lived(scenario("canton", policies=MISSION, **YEAR))
    state = model.state
    others = state.tally.practice[
        :, (state.practitioners.role != codes.GP) & (state.practitioners.active == 1)
    ]
    told = others.sum(axis=(0, 1))
    classes = [codes.CLASS_REFERRAL, codes.CLASS_PREVENTION]
    visited = sum(counted(model, one * codes.MEASURES_OF_CLASS + codes.VISITED) for one in classes)
    assert counted(model, codes.BY_PROTOCOL) > 0
    assert (
        counted(model, codes.BY_PROTOCOL)
        < told[codes.SEEN]
        <= counted(model, codes.BY_PROTOCOL) + visited + 60
    )
    taken = told[codes.LAID] - told[codes.LEFT] - told[codes.SEEN] - told[codes.LOST]
    assert abs(taken - told[codes.ADDED_DEMAND]) <= 3
    assert (
        told[[codes.SQUEEZED_SEEN, codes.DEDICATED_LAID, codes.DEDICATED_USED, codes.SESSIONS_HELD]].sum()
        == 0
    )


# ---------------------------------------------------------------- figures that say what they say


@pytest.mark.parametrize("name", ["canton", "two-valleys"])
@pytest.mark.parametrize("days", [91, 364, 400])
def test_the_table_counts_the_people_who_live_there(name, days):
    told = results(scenario(name, days=days, warm_up_days=0))
    people = scenario(name).territory.communes["population"].sum()
    assert told.value("people") == pytest.approx(people, rel=0.0005)


def visits_to_gps(lives, model):
    gps = [gp.row for gp in model.gps]
    return lives[(lives["event"] == codes.SAID_VISITED) & lives["first"].isin(gps)]


def test_a_person_counts_as_seen_in_the_year_only_if_seen_in_the_year():
    asked = scenario("village", days=364, warm_up_days=364)
    seen = []
    told = run(asked, follow=range(400), watch=lambda model: seen.append(model) if not seen else None)
    visits = visits_to_gps(told.lives, seen[0])
    this_year = visits[visits["day"] >= seen[0].calendar.first]
    assert counted(seen[0], codes.SEEN_ONCE) == this_year["patient"].nunique()


def test_a_person_counts_as_seen_in_the_year_when_nothing_was_lived_before():
    asked, held = scenario("village", days=364, warm_up_days=0), []
    told = run(asked, follow=range(400), watch=lambda model: held.append(model) if not held else None)
    visits = visits_to_gps(told.lives, held[0])
    cells = told.counts.group[:, :, codes.SEEN_ONCE].sum()
    assert cells == visits["patient"].nunique() > 200
    met = visits.groupby("patient")["first"].nunique()
    exact = met[met <= 3].sum()
    assert told.counts.group[:, :, codes.GPS_SEEN].sum() >= exact


def test_a_figure_is_read_by_its_name_and_place_and_is_missed_when_there_is_none(canton):
    row = picked(canton.table, indicator="unserved_per_1000", month="2027-03", commune="all", group="ald:yes")
    assert canton.value("unserved_per_1000", month="2027-03", group="ald:yes") == row["value"].item()
    assert canton.cases("unserved_per_1000", month="2027-03", group="ald:yes") == row["n"].item()
    with pytest.raises(KeyError, match="no happiness"):
        canton.value("happiness")
    with pytest.raises(KeyError, match="2026-12"):
        canton.value("unserved_per_1000", month="2026-12")


def test_what_fewer_than_three_practices_do_is_not_told():
    assert "occupancy" not in set(results(shipped("village")).table["indicator"])
    groups = picked(results(scenario("two-valleys", days=25)).table, indicator="occupancy")["group"]
    assert set(groups) == {"all", "cpts:yes"}


def test_a_basin_in_which_a_third_gp_arrives_is_told_from_then_on():
    """Each valley has two GPs; nurses and pharmacists are no practices here."""
    asked = scenario("two-valleys", days=91)
    model = lived(asked)
    practitioners = model.state.practitioners
    offers = model.state.tally.practice[:, :, codes.LAID].sum(axis=0) > 0
    basin = model.state.places.basin[practitioners.commune[offers & (practitioners.role == codes.GP)]]
    names = sorted(set(model.territory.communes["basin"]))
    expected = {f"basin:{names[one]}" for one, gps in enumerate(np.bincount(basin)) if gps >= 3}
    groups = set(picked(results(asked).table, indicator="occupancy")["group"])
    assert groups == {"all", "cpts:yes"} | expected
    assert 0 < len(expected) < 2


def test_a_run_within_one_month_tells_the_period_alone():
    told = results(scenario("village", days=20, warm_up_days=5))
    assert set(told.table["month"]) == {"all"}
    assert told.value("unserved_per_1000") > 0


def test_whole_years_alone_tell_who_was_seen_in_a_year():
    assert "seen_once_share" not in set(
        results(scenario("village", days=100, warm_up_days=0)).table["indicator"]
    )


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_table_written_and_read_is_the_same(canton, tmp_path, suffix):
    canton.write(tmp_path / f"told{suffix}")
    if suffix == ".parquet":
        table, provenance = read_results(tmp_path / "told.parquet")
        pd.testing.assert_frame_equal(table, canton.table, check_exact=True)
    else:
        text = dict.fromkeys(TEXTS, "category")
        table = pd.read_csv(tmp_path / "told.csv", dtype=text)
        written = canton.table
        pd.testing.assert_frame_equal(table, written, check_exact=True, check_categorical=False)
        provenance = json.loads((tmp_path / "told.provenance.json").read_text(encoding="utf-8"))
    assert provenance == json.loads(json.dumps(canton.provenance))


def test_a_file_of_another_kind_or_of_another_version_is_refused(canton, tmp_path):
    with pytest.raises(ValueError, match=r"told\.xlsx"):
        canton.write(tmp_path / "told.xlsx")
    canton.write(tmp_path / "one.parquet")
    import pyarrow.parquet as pq

    arrow = pq.read_table(tmp_path / "one.parquet")
    later = {**arrow.schema.metadata, b"cpts": json.dumps({"format": FORMAT + 1}).encode()}
    pq.write_table(arrow.replace_schema_metadata(later), tmp_path / "later.parquet")
    with pytest.raises(ValueError, match=rf"format {FORMAT + 1}"):
        read_results(tmp_path / "later.parquet")


def test_two_files_of_the_same_run_are_the_same_bytes(canton, tmp_path):
    for name in ("one", "two"):
        canton.write(tmp_path / f"{name}.parquet")
        canton.write(tmp_path / f"{name}.csv")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


# ---------------------------------------------------------------- where it comes from


def test_provenance_says_all_that_is_needed_and_no_path(canton, tmp_path):
    told = json.dumps(dict(canton.provenance))
    assert not re.search(r'"[^"]*(/|\\\\)(home|root|tmp|work|Users|usr)\b', told)
    assert str(SCENARIOS) not in told and str(tmp_path) not in told
    for name in ("content_hash", "code", "territory_files", "versions", "python", "seed", "start", "days"):
        assert canton.provenance[name]
    assert set(canton.provenance["territory_files"]) == {
        "communes.csv", "practitioners.csv", "structures.csv", "hospitals.csv",
    }  # fmt: skip
    assert {"numpy", "numba", "mesa", "pandas", "scipy"} <= set(canton.provenance["versions"])


def test_the_content_hash_is_that_of_the_scenario(canton):
    assert canton.provenance["content_hash"] == scenario("canton", policies=MISSION, **YEAR).content_hash


def test_the_content_hash_changes_with_all_that_changes_results_and_with_no_word():
    asked = shipped("canton")
    communes = asked.territory.communes
    bigger = communes.assign(population=communes["population"] + (communes.index == 0))
    others = [
        asked.with_(seed=1),
        asked.with_(days=363),
        asked.with_(warm_up_days=363),
        asked.with_(start="2027-01-11"),
        asked.with_(parameters={"doors.number_success": 0.6}),
        asked.with_(policies={"unscheduled_care": {"gps": 1}}),
        asked.with_(policies={"unscheduled_care": {"gps": 2}}),
        asked.with_(policies={"unscheduled_care": {"gps": 2, "release_at_noon": False}}),
        asked.with_(territory=asked.territory.with_(communes=bigger)),
    ]
    hashes = [one.content_hash for one in (asked, *others)]
    assert len(set(hashes)) == len(hashes)
    titled = asked.with_(title={"en": "Something else"}, question={"fr": "Pourquoi ?"})
    assert titled.content_hash == asked.content_hash
    assert run(titled.with_(days=5, warm_up_days=5)).name == "Something else"


def test_results_keep_their_counts_when_the_model_goes_on():
    model = begin(scenario("village", days=30, warm_up_days=5))
    for _ in range(20):
        model.step()
    told = results_of(model)
    before = told.counts.group.sum(), told.counts.place.sum(), told.counts.practice.sum()
    model.run_model()
    assert (told.counts.group.sum(), told.counts.place.sum(), told.counts.practice.sum()) == before


def test_a_country_whose_communes_are_counted_over_the_period_only_gives_the_same_period(monkeypatch):
    """Beyond a thousand or so communes their months are not kept: basins and CPTS then have no months either."""
    asked = scenario("baseline", ring=False, days=70, warm_up_days=0)
    monthly = run(asked).table
    monkeypatch.setattr("simulation.build.MANY_COMMUNES", 1)
    period = run(asked, from_warm=False).table
    keys = ["month", "commune", "group", "indicator"]
    both = period.astype(dict.fromkeys(keys, str)).merge(monthly.astype(dict.fromkeys(keys, str)), on=keys)
    assert len(both) == len(period) > 1000
    assert len(period) < len(monthly)
    # Person-years of a month are rounded apart, and added up or not: the last digit may differ.
    np.testing.assert_allclose(both["value_x"], both["value_y"], rtol=1e-12, equal_nan=True)
    assert both["n_x"].equals(both["n_y"])
    told = period[(period["month"] == "all") & period["group"].str.startswith("basin:")]
    assert set(monthly[monthly["group"].str.startswith("basin:")]["indicator"]) == set(told["indicator"])

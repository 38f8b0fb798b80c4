"""A run of several years is told year by year, in tables and in comparisons."""

from experiments.compare import compare
from simulation import run
from tests.territories import scenario

LONG = {"days": 728, "warm_up_days": 0}


def lived(**policies):
    return scenario("canton", policies=policies, title={"fr": "essai", "en": "trial"}, **LONG)


def test_years_add_up_to_the_period_and_a_year_alone_is_not_told_twice():
    table = run(lived()).table
    whole = table[
        (table["group"] == "all") & (table["commune"] == "all") & (table["indicator"] == "ed_per_1000")
    ]
    by_month = whole.set_index(whole["month"].astype(str))["n"]
    assert by_month["year:1"] + by_month["year:2"] == by_month["all"]
    one = run(scenario("canton", days=364, warm_up_days=0)).table
    assert not one["month"].astype(str).str.startswith("year:").any()


def test_each_year_of_several_is_compared_and_is_nobodys_group():
    comparison = compare(
        lived(), [lived(unscheduled_care={"gps": 2, "slots_per_week": 6.0})], worlds=0, luck=1
    )
    years = comparison.years("answered_48h_per_1000")
    assert [one.group for one in years] == ["year:1", "year:2"]
    assert years[0].baseline != years[1].baseline
    assert not [name for name in comparison.groups("answered_48h_per_1000") if name.startswith("year")]
    assert comparison.years("nothing") == []

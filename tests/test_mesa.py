"""Whoever knows Mesa finds agents, agent sets and a data collector, though people live in columns."""

import copy

import mesa
import numpy as np
import pandas as pd
import pytest

from simulation import PrimaryCare, Stop, begin, run
from simulation.agents import CPTS, MSP, Hospital, Patient, PatientSet, Practitioner
from simulation.kernels import codes
from simulation.model import RunOver, TableFull
from simulation.results import results_of
from simulation.running import fresh
from tests.territories import lived, scenario, shipped

BRIEF = {"days": 40, "warm_up_days": 20}
READ = ("commune", "age", "woman", "ald", "home_bound", "car", "usual_gp", "frailty")


class Plain(mesa.Agent):
    """The same person as Mesa would keep it: an object with attributes."""

    def __init__(self, model, patient):
        super().__init__(model)
        self.row = patient.row
        for name in READ:
            setattr(self, name, getattr(patient, name))

    def born(self, year):
        return year - self.age

    def grow_old(self):
        self.age += 1


@pytest.fixture
def model():
    return begin(scenario("village", **BRIEF))


@pytest.fixture
def people(model):
    return model.patients


@pytest.fixture
def plain(people):
    """A real agent set of equal agents; the other model keeps them alive."""
    other = mesa.Model(rng=1)
    for patient in people:
        Plain(other, patient)
    return other.agents


@pytest.fixture(autouse=True)
def _patient_verbs(monkeypatch):
    """Give patients the two methods of the plain agents, for the verbs that call by name."""
    monkeypatch.setattr(Patient, "born", lambda self, year: year - self.age, raising=False)
    monkeypatch.setattr(Patient, "grow_old", lambda self: setattr(self, "age", self.age + 1), raising=False)


def rows(agents):
    return [agent.row for agent in agents]


# ---------------------------------------------------------------- each verb against a real agent set


def test_a_set_of_patients_is_an_agent_set(people):
    assert isinstance(people, mesa.agentset.AbstractAgentSet)
    assert all(isinstance(one, mesa.Agent) for one in people)


def test_length_iteration_and_membership_are_those_of_an_agent_set(people, plain):
    assert len(people) == len(plain) == 400
    assert rows(people) == rows(plain) == list(range(400))
    inside, outside = people.select(at_most=3), people.select(lambda one: one.row >= 3)
    third = people.to_list()[2]
    assert third in people and third in inside and third not in outside
    assert plain.to_list()[2] not in people
    assert "third" not in people
    assert [one.row for one in people.to_list()] == rows(plain.to_list())


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"filter_func": lambda one: one.age > 70},
        {"filter_func": lambda one: one.ald == 1, "at_most": 7},
        {"at_most": 0.25},
        {"at_most": 1.0},
        {"at_most": 0.999},
        {"at_most": 1},
        {"at_most": 0},
        {"filter_func": lambda one: one.age > 70, "at_most": 0.1},
        {"filter_func": lambda one: one.age > 200},
    ],
    ids=lambda asked: "-".join(asked) or "all",
)
def test_select_keeps_whom_an_agent_set_keeps(people, plain, asked):
    assert rows(people.select(**asked)) == rows(plain.select(**asked))
    assert len(people) == 400


def test_select_by_type_knows_patients_and_their_ancestors(people):
    assert rows(people.select(agent_type=Patient)) == rows(people)
    assert len(people.select(agent_type=Practitioner)) == 0


def test_select_by_the_ancestor_of_all_agents_keeps_everybody(people):
    assert len(people.select(agent_type=mesa.Agent)) == 400


def test_select_in_place_narrows_the_set_itself(people, plain):
    kept = people.select(lambda one: one.age < 18, inplace=True)
    assert kept is people
    assert rows(people) == rows(plain.select(lambda one: one.age < 18))


def test_get_reads_one_column_or_several_as_an_agent_set_does(people, plain):
    for name in READ:
        assert people.get(name) == plain.get(name)
        assert {type(value) for value in people.get(name)} == {int}
    assert people.get(["age", "car", "row"]) == plain.get(["age", "car", "row"])
    some = {"filter_func": lambda one: one.age > 90}
    assert people.select(**some).get("row") == plain.select(**some).get("row")


def test_get_says_what_is_missing_or_gives_the_default(people, plain):
    for agents in (people, plain):
        with pytest.raises(AttributeError, match="shoe_size"):
            agents.get("shoe_size")
        assert set(agents.get("shoe_size", handle_missing="default", default_value=42)) == {42}
        assert set(agents.get("shoe_size", handle_missing="default")) == {None}


def test_get_gives_the_default_for_one_of_several_columns(people, plain):
    asked = (["age", "shoe_size"], "default", 42)
    assert people.get(*asked) == plain.get(*asked)


def test_get_refuses_an_unknown_way_of_handling_what_is_missing(people):
    with pytest.raises(ValueError, match="handle_missing"):
        people.get("age", handle_missing="maybe")


def test_agg_sums_up_as_an_agent_set_does(people, plain):
    assert people.agg("age", sum) == plain.agg("age", sum)
    assert people.agg("age", np.mean) == plain.agg("age", np.mean)
    assert people.agg("age", [min, max, len]) == plain.agg("age", [min, max, len])


@pytest.mark.parametrize("by", ["commune", lambda one: one.age // 10], ids=["column", "function"])
@pytest.mark.parametrize("result_type", ["agentset", "list"])
def test_groupby_parts_people_as_an_agent_set_does(people, plain, by, result_type):
    ours, theirs = people.groupby(by, result_type), plain.groupby(by, result_type)
    assert list(ours.groups) == list(theirs.groups)
    assert ours.count() == theirs.count()
    assert ours.agg("age", max) == theirs.agg("age", max)
    assert {key: rows(part) for key, part in ours} == {key: rows(part) for key, part in theirs}
    assert {type(part) for _, part in ours} == {PatientSet if result_type == "agentset" else list}
    if result_type == "agentset":
        assert ours.map("get", "age") == theirs.map("get", "age")


@pytest.mark.parametrize(
    "key", ["age", "frailty", lambda one: one.age * 1000 + one.frailty], ids=["age", "frailty", "both"]
)
@pytest.mark.parametrize("ascending", [True, False])
def test_sort_puts_people_in_the_order_of_an_agent_set_equals_included(people, plain, key, ascending):
    assert rows(people.sort(key, ascending)) == rows(plain.sort(key, ascending))
    assert rows(people) == list(range(400))


@pytest.mark.parametrize(
    "key", [lambda one: one.age > 60, lambda one: f"{one.age:03}", lambda one: (one.commune, one.age)]
)
def test_sort_takes_any_key_that_python_can_compare(people, plain, key):
    assert rows(people.sort(key)) == rows(plain.sort(key))


def test_map_calls_a_method_or_a_function_for_each_and_keeps_the_answers(people, plain):
    assert people.map("born", 2027) == plain.map("born", 2027)
    assert people.map("born", year=2027) == plain.map("born", year=2027)
    assert people.map(lambda one, add: one.age + add, 1) == plain.map(lambda one, add: one.age + add, 1)


def test_do_calls_each_in_order_and_gives_the_set_back(people, plain):
    met = []
    assert people.do(lambda one: met.append(one.row)) is people
    assert met == list(range(400))
    people.do("grow_old")
    plain.do("grow_old")
    assert people.get("age") == plain.get("age")


def test_set_writes_the_columns(model, people, plain):
    for agents in (people, plain):
        old = agents.select(lambda one: one.age > 80)
        assert len(old) > 3
        assert old.set("car", 0) is old
    assert people.get("car") == plain.get("car")
    assert np.array_equal(model.state.patients.car, plain.get("car"))


def test_people_are_not_added_removed_nor_put_in_a_drawn_order(model, people):
    one = people.to_list()[0]
    refused = [
        lambda: people.add(one),
        lambda: people.discard(one),
        lambda: people.remove(one),
        lambda: people.shuffle(),
        lambda: people.shuffle(inplace=True),
        lambda: people.shuffle_do("grow_old"),
        lambda: people.sort("age", inplace=True),
        lambda: one.remove(),
    ]
    before = [column.tobytes() for column in model.state.patients]
    for verb in refused:
        with pytest.raises(TypeError) as said:
            verb()
        sentence = str(said.value)
        assert len(sentence.split()) > 6 and "\n" not in sentence
    assert [column.tobytes() for column in model.state.patients] == before
    assert len(model.patients) == 400


# ---------------------------------------------------------------- patients and columns


def test_two_views_of_a_person_are_equal_and_of_two_people_or_models_are_not(model):
    other = begin(scenario("village", **BRIEF))
    assert model.patient(3) == model.patient(3)
    assert hash(model.patient(3)) == hash(model.patient(3))
    assert model.patient(3) != model.patient(4)
    assert model.patient(3) != other.patient(3)
    assert model.patient(3) != 3
    assert len({model.patient(3), model.patient(3), model.patient(4), other.patient(3)}) == 3
    assert model.patient(3).unique_id == 3


@pytest.mark.parametrize("row", [-1, 400, 10_000])
def test_a_person_who_does_not_exist_is_not_made_up(model, row):
    with pytest.raises(IndexError, match="0 to 399"):
        model.patient(row)


def test_an_attribute_and_its_column_are_one_cell(model):
    gp, patient = model.gps[0], model.patient(7)
    before = gp.panel
    gp.panel += 1
    assert model.state.practitioners.panel[gp.row] == before + 1
    model.state.practitioners.panel[gp.row] += 1
    assert gp.panel == before + 2
    patient.age = 33
    assert model.state.patients.age[7] == 33 == model.patient(7).age
    assert type(patient.age) is int and type(gp.panel) is int
    gp.weekly[0, codes.MORNING] = 512
    assert model.state.practitioners.weekly[gp.row, 0, codes.MORNING] == 512
    assert Practitioner.panel.name == "panel"


def test_an_agent_writes_in_the_very_column_that_the_kernels_read(model):
    """A GP who goes inactive before the day is lived takes no more appointments."""
    for gp in model.gps:
        gp.active = 0
    gps, requests = [gp.row for gp in model.gps], model.state.requests

    def booked():
        return (np.isin(requests.practitioner, gps) & (requests.status == codes.BOOKED)).sum()

    free, before = model.state.diary.free[gps].sum(), booked()
    for _ in range(3):
        model.step()
    assert booked() < before
    assert model.state.diary.free[gps].sum() <= free


def test_slots_per_week_are_those_of_the_sessions(model):
    for gp in model.gps:
        assert gp.slots_per_week == model.state.practitioners.weekly[gp.row].sum() / 256 > 0


def test_two_models_alive_at_once_do_not_disturb_each_other():
    asked = scenario("village", **BRIEF)
    other = asked.with_(seed=5)
    one, two = begin(asked), begin(other)
    while one.running:
        one.step()
        two.step()
        one.patient(0).age, two.patient(0).age = one.patient(0).age, two.patient(0).age
    pd.testing.assert_frame_equal(results_of(one).table, run(asked).table, check_exact=True)
    pd.testing.assert_frame_equal(results_of(two).table, run(other).table, check_exact=True)
    two.gps[0].panel = 12_345
    assert one.gps[0].panel != 12_345


def test_a_copy_of_a_model_lives_its_own_days_and_leaves_the_first_alone(model):
    before = [column.copy() for column in model.state.patients]
    twin = copy.deepcopy(model)
    twin.run_model()
    for column, old in zip(model.state.patients, before, strict=True):
        assert np.array_equal(column, old)
    model.run_model()
    pd.testing.assert_frame_equal(results_of(twin).table, results_of(model).table, check_exact=True)


# ---------------------------------------------------------------- institutions


def test_the_agents_of_a_model_are_its_institutions_only(model):
    table = model.territory
    expected = len(table.structures) + len(table.practitioners) + len(table.hospitals) + 1
    assert len(model.agents) == expected
    assert {type(one) for one in model.agents} == {MSP, Practitioner, Hospital, CPTS}
    assert not any(isinstance(one, Patient) for one in model.agents)
    assert len(model.patients.to_list()) == 400
    assert len(model.agents) == expected


def test_agents_by_type_tell_of_patients_too(model):
    assert set(model.agent_types) == set(model.agents_by_type) == {MSP, Practitioner, Hospital, CPTS, Patient}
    assert len(model.agents_by_type[Patient]) == 400
    assert [gp.identifier for gp in model.gps] == ["gp-99101-1", "gp-99102-1"]
    assert [one.identifier for one in model.agents_by_type[Practitioner]] == list(
        model.territory.practitioners["id"]
    )
    assert [one.emergency for one in model.agents_by_type[Hospital]] == [True]


def test_members_of_a_house_and_of_a_cpts_are_those_of_the_territory():
    for name in ("village", "canton", "two-valleys"):
        one = begin(scenario(name, warm_up_days=0), from_warm=False)
        table = one.territory.practitioners
        for house in one.agents_by_type[MSP]:
            stated = table.loc[table["msp"] == house.identifier, "id"]
            assert [member.identifier for member in house.members] == list(stated)
            assert len(stated) > 0 or name == "canton"
        for cpts in one.communities:
            stated = table.loc[table["cpts"] == cpts.name, "id"]
            assert [member.identifier for member in cpts.members] == list(stated)
        assert all(one.cpts_of(gp) >= 0 for gp in one.gps)


def test_volunteers_are_members_first_and_always_the_same_for_a_seed():
    asked = scenario("canton", policies={"unscheduled_care": {"gps": 2}}, warm_up_days=0)
    table = asked.territory.practitioners
    first = begin(asked, from_warm=False)
    first.step()
    chosen = [gp.identifier for gp in first.communities[0].volunteers]
    assert len(chosen) == 2
    outsider = chosen[0]
    resigned = table.assign(cpts=table["cpts"].where(table["id"] != outsider, ""))
    other = begin(asked.with_(territory=asked.territory.with_(practitioners=resigned)), from_warm=False)
    other.step()
    others = [gp.identifier for gp in other.communities[0].volunteers]
    assert outsider not in others and chosen[1] in others


# ---------------------------------------------------------------- data collection


def test_a_data_collector_reads_patients_and_institutions():
    one = begin(scenario("village", **BRIEF))
    collector = mesa.DataCollector(
        model_reporters={"seeking": lambda model: int((model.state.requests.status == codes.SEEKING).sum())},
        agent_reporters={"row": lambda agent: getattr(agent, "row", None)},
        agenttype_reporters={Patient: {"age": "age", "gp": "usual_gp"}, Practitioner: {"panel": "panel"}},
    )
    for _ in range(3):
        collector.collect(one)
        one.step()
    people = collector.get_agenttype_vars_dataframe(Patient)
    assert len(people) == 3 * 400
    last = (
        people.xs(one.steps - 1, level="Step")
        if one.steps - 1 in people.index.levels[0]
        else people.tail(400)
    )
    assert np.array_equal(last["age"], one.state.patients.age)
    assert np.array_equal(last["gp"], one.state.patients.usual_gp)
    assert last.index.get_level_values("AgentID").tolist() == list(range(400))
    panels = collector.get_agenttype_vars_dataframe(Practitioner)
    rows_there = len(one.territory.practitioners)
    assert panels["panel"].tail(rows_there).sum() == one.state.practitioners.panel.sum() > 300
    assert len(collector.get_model_vars_dataframe()) == 3
    assert len(collector.get_agent_vars_dataframe()) == 3 * len(one.agents)


# ---------------------------------------------------------------- stepping


@pytest.mark.parametrize(
    "policies", [{}, {"unscheduled_care": {"gps": 2, "slots_per_week": 3}}], ids=["", "mission"]
)
def test_a_model_stepped_by_hand_gives_the_table_of_run(policies):
    asked = scenario("village", policies=policies, **BRIEF)
    by_hand, by_mesa, from_nothing = begin(asked), begin(asked), PrimaryCare(asked, fresh(asked))
    assert by_hand.date == asked.start
    while by_hand.running:
        by_hand.step()
    by_mesa.run_model()
    from_nothing.run_for(60)
    for model in (by_hand, by_mesa, from_nothing):
        assert not model.running
        assert model.day == model.calendar.last + 1
        pd.testing.assert_frame_equal(results_of(model).table, run(asked).table, check_exact=True)


def test_mesa_counts_the_days_that_a_model_lives(model):
    for _ in range(5):
        model.step()
    assert model.steps == model.time == 5
    assert (model.date - model.asked.start).days == 5


def test_mesa_accepts_any_seed_that_a_scenario_accepts():
    for seed in (0, 2**63 - 1):
        asked = scenario("village", seed=seed, days=2, warm_up_days=2)
        assert not begin(asked).running or run(asked).seed == seed


@pytest.mark.parametrize("moment", ["warm-up", "counted", "last evening"])
def test_a_watcher_cancels_a_run_at_any_moment_and_the_next_one_is_whole(moment):
    asked = scenario("village", days=10, warm_up_days=10, seed=1_001)
    whole = run(asked, from_warm=False).table

    def watch(model):
        day = model.day - model.calendar.first
        if {"warm-up": day < 0, "counted": day == 5, "last evening": not model.running}[moment]:
            raise Stop

    with pytest.raises(Stop):
        run(asked, watch=watch, from_warm=False)
    pd.testing.assert_frame_equal(run(asked, from_warm=False).table, whole, check_exact=True)


def test_a_run_that_is_over_says_so_when_stepped_further():
    model = begin(scenario("village", **BRIEF))
    while model.running:
        model.step()
    with pytest.raises(RunOver, match="is over"):
        model.step()


def test_an_error_of_a_watcher_is_not_swallowed():
    def watch(model):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(scenario("village", **BRIEF), watch=watch)


def test_a_table_of_requests_that_is_full_stops_the_run_with_a_sentence():
    one = begin(scenario("village", days=40, warm_up_days=0), from_warm=False)
    one.state.requests.cursor[codes.SPARE] = 0
    with pytest.raises(TableFull, match="more than one for two people|More requests"):
        one.run_model()


# ---------------------------------------------------------------- biographies

EVENTS = (
    (codes.SAID_TURNED_AWAY, codes.TURNED_AWAY), (codes.SAID_REGISTERED, codes.REGISTERED),
    (codes.SAID_REFERRED, codes.SPECIALIST_REFERRALS), (codes.SAID_ADMITTED, codes.ADMISSIONS),
    (codes.SAID_DISCHARGED, codes.DISCHARGES), (codes.SAID_LOST_GP, codes.LOST_GP),
    (codes.SAID_DIED, codes.DEATHS),
)  # fmt: skip


@pytest.fixture(scope="module")
def village_lives():
    """Everybody in the village is followed from the first simulated day."""
    asked = scenario("village", days=112, warm_up_days=0, seed=2, policies={"unscheduled_care": {"gps": 2}})
    held = []
    told = run(asked, follow=range(400), watch=lambda model: held.append(model) if not held else None)
    assert len(told.lives) < codes.LOG_ROWS
    return held[0], told.lives


def said(lives, event):
    return lives[lives["event"] == event]


def counted(model, measure):
    return int(model.state.tally.group[:, :, measure].sum())


def of_every_class(model, *ends):
    cells = [one * codes.MEASURES_OF_CLASS + end for one in range(codes.CLASSES) for end in ends]
    return int(model.state.tally.group[:, :, cells].sum())


def test_every_event_of_the_people_followed_is_told(village_lives):
    model, lives = village_lives
    visited = said(lives, codes.SAID_VISITED)
    practice, gp = model.state.tally.practice, model.state.practitioners.role == codes.GP
    with_gp = gp[visited["first"]] & (visited["first"] >= 0)
    assert with_gp.sum() == counted(model, codes.ACTS) > 100
    assert ((visited["first"] >= 0) & ~with_gp).sum() == practice[:, ~gp, codes.SEEN].sum() > 0
    for said_instead, measure in ((-1, codes.BY_DUTY), (-2, codes.BY_MOBILE), (-3, codes.BY_TELECARE)):
        assert (visited["first"] == said_instead).sum() == counted(model, measure)
    assert len(said(lives, codes.SAID_MISSED)) == counted(model, codes.MISSED) > 0
    assert len(said(lives, codes.SAID_EMERGENCY)) == counted(model, codes.ED_WANT_OF_SLOT) > 0
    streams = (codes.ED_INJURY, codes.ED_VITAL, codes.ED_OWN_CHOICE)
    assert len(said(lives, codes.SAID_OWN_EMERGENCY)) == sum(counted(model, one) for one in streams) > 0
    missed_twice = said(lives, codes.SAID_MISSED).groupby(["patient", "second"]).size()
    forgone = len(said(lives, codes.SAID_FORGONE))
    given_up = of_every_class(model, codes.RECOVERED_END, codes.GAVE_UP)
    assert given_up <= forgone + (missed_twice > 1).sum()
    advised = said(lives, codes.SAID_ADVISED)
    assert len(advised) == of_every_class(model, codes.ADVISED) > 0
    for event, measure in EVENTS:
        assert len(said(lives, event)) == counted(model, measure), event
    worsened, prevented = said(lives, codes.SAID_WORSENED), said(lives, codes.SAID_PREVENTION)
    assert len(worsened) > 0 and (worsened["second"] < codes.WITHIN_WEEK).all()
    assert len(prevented) > counted(model, codes.DONE_ON_THE_WAY)
    told = set(lives["event"])
    assert told >= {*range(13), codes.SAID_PREVENTION, codes.SAID_WORSENED, codes.SAID_ADMITTED}
    assert not told & {codes.SAID_DIED, codes.SAID_BORN}  # nobody dies nor is born in the first year


def test_events_are_told_in_the_order_of_days_of_known_people_only(village_lives):
    model, lives = village_lives
    assert (lives["day"].diff().dropna() >= 0).all()
    assert lives["day"].between(model.calendar.first, model.calendar.last).all()
    few = run(scenario("village", days=30, warm_up_days=10), follow=[3, 77]).lives
    assert set(few["patient"]) <= {3, 77} and len(few) > 0


def test_a_life_goes_from_need_to_appointment_to_visit(village_lives):
    """Whoever is seen had an appointment there and then; whoever has one was in need before."""
    model, lives = village_lives
    checked = 0
    for _, life in lives.groupby("patient", sort=False):
        in_need, appointments, last_episode_visit = 0, set(), None
        for at in life.itertuples():
            if at.event == codes.SAID_NEED:
                in_need += 1
            elif at.event == codes.SAID_BOOKED:
                again = last_episode_visit is not None and at.day >= last_episode_visit + 4
                assert in_need > 0 or again
                assert at.second >= at.day
                appointments.add((at.first, at.second))
            elif at.event == codes.SAID_VISITED and at.first >= 0:
                assert (at.first, at.day) in appointments
                checked += 1
                if at.second == codes.ACUTE:
                    last_episode_visit = at.day
            elif at.event == codes.SAID_MISSED:
                assert (at.first, at.day) in appointments
        kept = life[life["event"].isin([codes.SAID_VISITED, codes.SAID_MISSED])]
        for gp, day in appointments:
            if day <= model.calendar.last:
                assert ((kept["first"] == gp) & (kept["day"] == day)).any()
    assert checked == model.state.tally.practice[:, :, codes.SEEN].sum() > counted(model, codes.ACTS)


def test_a_visit_to_come_back_to_is_told_as_a_need_of_its_own(village_lives):
    _, lives = village_lives
    seen_again = said(lives, codes.SAID_VISITED)
    assert (seen_again["second"] == codes.RECONTACT).any()
    needs = said(lives, codes.SAID_NEED)
    assert (needs["first"] == codes.RECONTACT).any()


def test_lives_are_a_copy_that_the_model_no_longer_writes_in():
    model = begin(scenario("village", **BRIEF), follow=[0, 1, 2])
    model.run_model()
    told = results_of(model).lives.copy()
    again = results_of(model)
    model.state.log.rows[:] = -1
    pd.testing.assert_frame_equal(again.lives, told)


def test_nobody_is_followed_who_was_not_named():
    assert run(scenario("village", **BRIEF)).lives.empty
    assert lived(shipped("village")).state.log.used[0] == 0


def test_following_somebody_who_does_not_exist_is_refused():
    with pytest.raises(IndexError):
        run(scenario("village", **BRIEF), follow=[400])

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation import chances
from simulation.kernels import decisions
from simulation.kernels.chance import draw, philox
from simulation.kernels.diary import whole

ONCE_IN_A_MILLION = 1e-6
SD = stats.norm.isf(ONCE_IN_A_MILLION / 2)
"""Standard deviations that a fair draw exceeds once in a million tests."""
DRAWS = 40_000

FROZEN = """ACUTE_GAP ACUTE_HAPPENS ACUTE_URGENCY PATIENCE PHONES_IN_THE_MORNING CALL_ORDER PRACTICE_CALLED
OCCASIONAL_ACCEPTED NUMBER_KNOWN NUMBER_FINDS DUTY_KNOWN DUTY_AVAILABLE DUTY_CAPACITY SPILL RECOVERED NO_SHOW
GIVEN_BACK RECONTACT RECONTACT_DAY FOLLOW_UP_JITTER FOLLOW_UP_LEAD FOLLOW_UP_FAR FOLLOW_UP_FAR_DAYS ROUTINE_GAP
ROUTINE_LATER ROUTINE_LATER_DAYS EMERGENCY_GAP EMERGENCY_STREAM SLOTS_OF_SESSION SAME_DAY_OF_SESSION
DEDICATED_OF_SESSION WITHHELD_OF_SESSION SQUEEZE_OF_DAY SESSIONS_WORKED SAME_DAY_SHARE SAME_DAY_KIND GP_TYPE
ACCEPTS_NEW LEAVE_WEEKS LEAVE_COVERED LOAD_SPREAD AGE_TIES SEX ALD TREATED FRAILTY HOME_BOUND CAR DEPRIVED COUPLE
FAMILY_OF_CHILD FAMILY_ORDER USUAL_GP WITHOUT_USUAL_GP SEEKS_USUAL_GP FIRST_FOLLOW_UP VOLUNTEERS
DEDICATED_SESSIONS SAS_COVERS SAS_CALLED SAS_OUTCOME SAS_VOLUNTEER COMPETENCE ACCEPTS_SUBSTITUTE PROTOCOL_SUCCEEDS
ADDED_DEMAND WALK_IN_GP WALK_IN_SESSIONS WALK_IN_KNOWN TELECARE_ACCEPTED TELECARE_SUCCEEDS TELECARE_CAPACITY
HOME_OF_SESSION COURSE_OF_ILLNESS SAS_CALLED_OUT_OF_HOURS SAS_OUTCOME_OUT_OF_HOURS REGISTRATION_DAY
REGISTRATION_CALLED REGISTERS_WHEN_MET OTHER_CARE_GAP OTHER_CARE_ROLE REFERRED SPECIALTY SPECIALIST_DELAY
PREVENTION_JOINS PREVENTION_DAY PREVENTION_ON_THE_WAY ROLE_SESSIONS BREAST_DELAY ROLE_CALLED SERVICE_TIME PUNCTUALITY
ARRIVES_IN_SESSION ED_HOUR ED_OUTCOME ED_CARE BACKGROUND_GAP BACKGROUND_OUTCOME BACKGROUND_CARE ADMISSION_GAP STAY_DAYS
ASKS_AFTER_STAY READMITTED READMISSION_DAY READMISSION_SPARED LOSES_CONTROL LOSES_CONTROL_DAY LEAVES SUCCESSOR
STAYS_WITH_SUCCESSOR SEEKS_AGAIN ARRIVES GP_AGE BIRTH DEATH SEX_AT_BIRTH PLACING_ORDER CONVERTS PLEDGES
MORE_OF_SESSION TOLD_OF_EXIT INVITED ASSISTANTS""".split()
"""The first decisions, numbered from 1; a new one is added to the file after the last, and here."""
GONE = {"TELECARE_ACCEPTED"}
"""Decisions that are no longer made: their numbers are nobody's."""


def words(text):
    return tuple(int(word, 16) for word in text.split())


def philox_by_hand(counter, key):
    """Philox4x32-10 as its paper states it, with Python's unbounded integers."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        high_0, low_0 = divmod(0xD2511F53 * c0, 2**32)
        high_1, low_1 = divmod(0xCD9E8D57 * c2, 2**32)
        c0, c1, c2, c3 = high_1 ^ c1 ^ k0, low_1, high_0 ^ c3 ^ k1, low_0
        k0, k1 = (k0 + 0x9E3779B9) % 2**32, (k1 + 0xBB67AE85) % 2**32
    return c0, c1, c2, c3


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ("0 0 0 0", "0 0", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)
def test_philox_gives_the_known_answers_of_random123(counter, key, answer):
    given_words = [np.uint64(word) for word in (*words(counter), *words(key))]
    assert tuple(int(word) for word in philox(*given_words)) == words(answer)
    assert philox_by_hand(words(counter), words(key)) == words(answer)


@given(
    seed=st.integers(0, 2**63 - 1),
    decision=st.integers(0, 2**16 - 1),
    day=st.integers(0, 32_767),
    person=st.integers(0, 2**62),
    nth=st.integers(0, 2**31 - 1),
)
def test_a_draw_is_philox_of_who_when_what_and_the_seed_and_of_nothing_else(seed, decision, day, person, nth):
    counter = (person % 2**32, person >> 32, nth, decision << 16 | day)
    assert draw(seed, decision, day, person, nth) == philox_by_hand(counter, (seed % 2**32, seed >> 32))[0]


def test_decisions_keep_their_numbers_for_ever_and_new_ones_come_after():
    numbers = {name: value for name, value in vars(decisions).items() if name.isupper()}
    assert len(set(numbers.values())) == len(numbers)
    frozen = {name: at for at, name in enumerate(FROZEN, 1) if name not in GONE}
    assert {name: numbers.get(name) for name in frozen} == frozen
    assert not GONE & set(numbers)
    added = set(numbers) - set(FROZEN)
    assert all(len(FROZEN) < numbers[name] < 2**16 for name in added)


def many(**varied):
    """Draws that differ by one of the five words only."""
    ((name, values),) = varied.items()
    words_of = {"seed": 20270104, "decision": 3, "day": 9_865, "person": 15_000_000 << 32, "nth": 0}
    return np.array([draw(**{**words_of, name: int(value)}) for value in values])


@pytest.mark.parametrize(
    ("word", "first", "step"),
    [
        ("seed", 1, 1),
        ("day", 1, 1),
        ("person", 0, 1),
        ("person", 0, 2**32),
        ("nth", 0, 1),
        ("nth", 0, 1 << 20),
    ],
)
def test_draws_are_uniform_whichever_word_they_differ_by(word, first, step):
    count = 32_000 if word == "day" else DRAWS if (word, step) != ("nth", 1 << 20) else 2_000
    luck = many(**{word: range(first, first + count * step, step)})
    assert luck.min() >= 0 and luck.max() < 2**32
    for bits in (luck >> 24, luck & 255):
        assert stats.chisquare(np.bincount(bits, minlength=256)).pvalue > ONCE_IN_A_MILLION


@pytest.mark.parametrize("word", ["decision", "day", "person", "nth", "seed"])
def test_neighbours_are_unrelated(word):
    """Whoever differs by one in a word has another luck: 16 x 16 pairs are equally frequent."""
    base = {"seed": 7, "decision": 4, "day": 9_000, "nth": 0}
    after = {**base, word: base.get(word, 0) + 1}
    pairs = np.zeros((16, 16))
    for person in range(0, 2 * DRAWS, 2):
        one = draw(**base, person=person)
        other = draw(**base, person=person + 1) if word == "person" else draw(**after, person=person)
        pairs[one >> 28, other >> 28] += 1
    assert stats.chisquare(pairs.ravel()).pvalue > ONCE_IN_A_MILLION


@pytest.mark.parametrize("probability", [0.001, 0.05, 0.5, 0.93])
def test_a_chance_comes_true_as_often_as_it_says(probability):
    yes = (many(person=range(DRAWS)) < chances.threshold(probability)).mean()
    assert abs(yes - probability) < SD * np.sqrt(probability * (1 - probability) / DRAWS)


def test_a_chance_of_zero_never_comes_true_and_a_chance_of_one_always_does():
    lowest, highest = 0, 2**32 - 1
    assert not lowest < chances.threshold(0.0)
    assert highest < chances.threshold(1.0)
    assert chances.threshold([-0.5, 1.5]).tolist() == [0, 2**32]


def test_slots_in_fractions_are_rounded_right_on_average():
    luck = many(nth=range(DRAWS))
    for amount in (0, 256, 300, 511, 1024):
        slots = np.array([whole(amount, 8, one) for one in luck[:4_000]])
        rest = amount % 256 / 256
        assert set(slots) <= {amount // 256, amount // 256 + (rest > 0)}
        assert abs(slots.mean() - amount / 256) <= SD * np.sqrt(rest * (1 - rest) / 4_000)


def test_tables_of_quantiles_keep_the_means_and_medians_that_they_are_made_from():
    assert chances.exponential().mean() == pytest.approx(65_536, abs=0.5)
    assert chances.gamma_thousandths(1.2).mean() == pytest.approx(1000, abs=0.5)
    assert np.median(chances.log_normal_days(6.0, 0.7, 120)) == 6
    assert chances.log_normal_days(18.0, 0.7, 120).max() <= 120
    assert chances.beta(0.12, 8.0).mean() == pytest.approx(0.12, abs=1e-3)
    assert np.all(np.diff(chances.gamma_thousandths(1.2)) >= 0)

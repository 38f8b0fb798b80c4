"""What an action costs and to whom (contreparties): the price is part of the answer, never an option."""

from typing import NamedTuple

from experiments.effect import FEWEST_WORLDS, Comparison, Effect
from experiments.wording import Voice, about, level

HOURS, CONSULTATIONS, MONEY = "carer_hours", "carer_consultations", "money_eur"
WAIT, UNSERVED = "planned_wait_mean", "unserved_per_1000"
DAYS_OF_A_YEAR = 365
LONGEST_SENTENCE = 25  # words

_ONE_YEAR = range(360, 367)  # 52 whole weeks count as a year: nobody plans meetings to the day
_PRICES = (HOURS, CONSULTATIONS, MONEY)
_ALSO_LOST = (WAIT, UNSERVED, "without_usual_gp_share")  # what a group may lose besides the leading indicator
_NAMED_LOSSES = 3
_SMALLEST_WAIT = 0.005  # days: below, nothing is left once written


class Loss(NamedTuple):
    """A group that is worse off, on which indicator, and by how much."""

    group: str
    effect: Effect


def followed(comparison: Comparison) -> list[str]:
    """Indicators that could show a cost: they have a good side and a useful difference."""
    return [
        name
        for name, indicator in comparison.indicators.items()
        if indicator.better != "none" and indicator.useful_difference and comparison.has(name)
    ]


def price(voice: Voice) -> str:
    """What is given in return: planned waits, carers' hours (and the visits they equal), euros, other losses."""
    comparison = voice.comparison
    early = level(comparison.difference(voice.leading)).side == "early"
    wait = "" if early else _wait(voice)
    parts = [part for part in (wait, _hours(voice)) if part]
    kind = "shock" if comparison.action.is_shock else "price"  # what befalls is no price that anybody pays
    two = f"{kind}_two" if len(parts) > 1 else f"{kind}_one"
    told = [voice.say(two, part=parts[0], other=parts[-1])] if parts else []
    told += _money(voice)
    told += [] if early else _losses(voice)
    if not told:
        return voice.say(f"{kind}_early") if early else _no_price(voice)
    if wait and comparison.has(UNSERVED):  # no delay is told without those who got no answer
        unserved = comparison.difference(UNSERVED)
        told.append(
            voice.say(
                "price_unserved",
                after=voice.number(unserved.alternative),
                before=voice.number(unserved.baseline),
            )
        )
    return " ".join(told)


def _no_price(voice: Voice) -> str:
    """What was looked at is counted, for a price is only found where it is sought."""
    prices = {name for name in _PRICES if voice.comparison.has(name)}
    others = len({*followed(voice.comparison), *prices} - {voice.leading})
    none = "shock_none" if voice.comparison.action.is_shock else "price_none"
    return voice.plural(none, others, count=others) if others else voice.say("price_unfollowed")


def _wait(voice: Voice) -> str:
    if not voice.comparison.has(WAIT) or voice.leading == WAIT:
        return ""
    longer = voice.comparison.difference(WAIT).mean
    return voice.say("price_wait", change=voice.count(WAIT, longer)) if longer >= _SMALLEST_WAIT else ""


def yearly(comparison: Comparison, value: float) -> float:
    """A total over the counted days, for one year."""
    if comparison.days in _ONE_YEAR:
        return value
    return value * DAYS_OF_A_YEAR / comparison.days


def _hours(voice: Voice) -> str:
    if not voice.comparison.has(HOURS):
        return ""
    hours = yearly(voice.comparison, voice.comparison.difference(HOURS).mean)
    if not hours >= 0.5:
        return ""
    visits = 0.0
    if voice.comparison.has(CONSULTATIONS):
        visits = yearly(voice.comparison, voice.comparison.difference(CONSULTATIONS).mean)
    return voice.plural(
        "price_hours",
        round(hours),
        hours=voice.number(round(hours)),
        consultations=voice.number(round(visits)),
    )


def _money(voice: Voice) -> list[str]:
    if not voice.comparison.has(MONEY):
        return []
    euros = about(yearly(voice.comparison, voice.comparison.difference(MONEY).mean))
    kind = "shock" if voice.comparison.action.is_shock else "price"
    return [voice.say(f"{kind}_money", money=voice.number(euros))] if euros >= 1 else []


def _losses(voice: Voice) -> list[str]:
    """Other indicators that get worse, the most often first; means of the served are told elsewhere."""
    mine = [
        name
        for name in followed(voice.comparison)
        if name not in (voice.leading, WAIT, *_PRICES) and not name.startswith("delay_")
    ]
    effects = [voice.comparison.difference(name) for name in mine]
    worse = sorted((one for one in effects if level(one).side == "worse"), key=lambda one: -one.p_worse)
    told = [
        voice.say(
            "price_other",
            label=voice.label(one.indicator),
            futures=one.futures(one.p_worse),
            worlds=one.count,
        )
        for one in worse[:_NAMED_LOSSES]
    ]
    more = len(worse) - _NAMED_LOSSES
    return [*told, voice.plural("price_others", more, count=more)] if more > 0 else told


def who(voice: Voice) -> str:
    """Who gains most and who loses, among groups large enough to be named."""
    comparison = voice.comparison
    whole = comparison.difference(voice.leading)
    if level(whole).side == "early":
        return voice.say("who_early")
    groups = {
        name: comparison.difference(voice.leading, members)
        for name, members in comparison.groups(voice.leading).items()
    }
    if not groups:
        return voice.say("who_unknown")
    winner, loser = _winner(voice, groups, whole), _loser(voice, groups)
    lost = _lost(voice, loser) if loser else ""
    if winner and loser:
        together = voice.say("who_both", gain=voice.group(winner), lose=lost)
        if len(together.split()) <= LONGEST_SENTENCE:
            return together
    told = [voice.say("who_gain", gain=voice.group(winner))] if winner else []
    told += [voice.say("who_lose", lose=lost)] if loser else []
    return " ".join(told or [voice.say("who_even")]) + ("" if loser else " " + voice.say("who_no_loser"))


def losing_basins(voice: Voice) -> list[Loss]:
    """Basins where things get worse while the whole does not (moins bien en …), the worst first."""
    comparison = voice.comparison
    basins = {
        name: comparison.difference(voice.leading, members)
        for name, members in comparison.groups(voice.leading).items()
        if name.startswith("basin:")
    }
    return _backwards(voice, basins)


def _good(voice: Voice, effect: Effect) -> float:
    return effect.mean if voice.comparison.indicators[effect.indicator].better == "higher" else -effect.mean


def _winner(voice: Voice, groups: dict[str, Effect], whole: Effect) -> str:
    """The group that gains most, if it stands out from the whole by half the useful difference."""
    best = max(groups, key=lambda name: (_good(voice, groups[name]), name))
    stands_out = _good(voice, groups[best]) - _good(voice, whole) >= whole.threshold / 2
    return best if stands_out and level(groups[best]).side == "better" else ""


def _backwards(voice: Voice, groups: dict[str, Effect]) -> list[Loss]:
    """Groups worse off more often than not, by at least half of what would count as useful."""
    losses = [
        Loss(name, effect)
        for name, effect in groups.items()
        if effect.count >= FEWEST_WORLDS  # a group of about 300 people is not told in every future
        and effect.futures(effect.p_backwards) * 100 >= 60 * effect.count
        and -_good(voice, effect) >= effect.threshold / 2
    ]
    return sorted(losses, key=lambda loss: _good(voice, loss.effect))


def _loser(voice: Voice, groups: dict[str, Effect]) -> Loss | None:
    """Who loses most; on another indicator only when it is nearly sure, for among many something is always red."""
    losses = _backwards(voice, groups)
    if losses:
        return losses[0]
    comparison = voice.comparison
    found = [
        Loss(name, comparison.difference(indicator, members))
        for indicator in _ALSO_LOST
        if indicator != voice.leading and comparison.has(indicator)
        for name, members in comparison.groups(indicator).items()
    ]
    sure = [loss for loss in found if _often(loss.effect)]
    return max(sure, key=lambda loss: abs(loss.effect.mean) / loss.effect.threshold, default=None)


def _often(effect: Effect) -> bool:
    return level(effect).side == "worse" and level(effect).often in ("almost_all", "most")


def _lost(voice: Voice, loss: Loss) -> str:
    name = voice.group(loss.group)
    if loss.effect.indicator == voice.leading:
        return name
    return voice.say("who_on", group=name, label=voice.label(loss.effect.indicator))

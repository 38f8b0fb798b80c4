"""What an alternative does, put into words (ce que nous faisons); a shock is suffered and never said to be done."""

from datetime import date

from experiments.action import LEADING, Lever
from experiments.effect import Comparison
from experiments.wording import Voice

_NUMBERS_IN_A_SENTENCE = 3


def told_scenario(comparison: Comparison, lang: str) -> str:
    """What an alternative does, before anything is known of what it changes."""
    return scenario(Voice(comparison, lang, LEADING))


def scenario(voice: Voice) -> str:
    """Every lever and every figure that part the alternative from today."""
    action = voice.comparison.action
    told = [
        sentence
        for rank, lever in enumerate(sorted(action.levers, key=lambda one: not one.is_shock))
        for sentence in _lever(voice, lever, also=rank > sum(one.is_shock for one in action.levers))
    ]
    told += [voice.say("scenario_figures", label=figure.label[voice.lang]) for figure in action.changed]
    return " ".join(told or [voice.say("scenario_same")])


def _lever(voice: Voice, lever: Lever, also: bool) -> list[str]:
    """One lever in words; after the first, what opens the sentence says that it comes besides."""
    try:
        name = voice.say(f"lever_{lever.name}")
    except KeyError:
        name = lever.name.replace("_", " ")
    if lever.removed:
        return [voice.say("scenario_removed", lever=name)]
    kind = "shock" if lever.is_shock else "also" if also else "lever"
    settings = [setting(voice, lever.name, *item) for item in lever.settings.items()]
    if not settings:
        return [voice.say(f"scenario_{kind}_bare", lever=name)]
    chunks = [
        ", ".join(settings[at : at + _NUMBERS_IN_A_SENTENCE])
        for at in range(0, len(settings), _NUMBERS_IN_A_SENTENCE)
    ]
    first = voice.say(f"scenario_{kind}", lever=name, settings=chunks[0])
    opening = name[:1].upper() + name[1:]
    return [first, *(voice.say("scenario_lever_more", lever=opening, settings=more) for more in chunks[1:])]


def _choice(voice: Voice, chosen: object) -> str:
    """One of several words chosen, in the language of the reader; a name stays as it is."""
    try:
        return voice.say(f"choice_{chosen}")
    except KeyError:
        return str(chosen)


def setting(voice: Voice, lever: str, name: str, value: object) -> str:
    """One setting in words: those of its lever if they are written, else those that all levers share."""
    ending = ""
    if isinstance(value, bool):
        told: object = voice.say("setting_yes" if value else "setting_no")
    elif isinstance(value, float) and "share" in name:
        told, ending = voice.say("percent", value=voice.number(100 * value)), "_many"
    elif isinstance(value, int | float):
        decimals = 0 if float(value).is_integer() else 2 if abs(value) < 1 else 1
        told = voice.number(value, decimals)
        one = abs(value) < 2 if voice.lang == "fr" else abs(value) == 1
        ending = "_one" if one else "_many"
    elif isinstance(value, tuple | list):
        told = ", ".join(_choice(voice, one) for one in value)
    elif isinstance(value, date):
        told = f"{value:%d/%m/%Y}" if voice.lang == "fr" else value.isoformat()
    else:
        told = value
    for key in (f"setting_{lever}_{name}{ending}", f"setting_{name}{ending}"):
        try:
            return voice.say(key, value=told)
        except KeyError:
            continue
    return voice.say("setting_other", name=name.replace("_", " "), value=told)

"""Words that pages are drawn with (mots): the same names in both languages."""

from __future__ import annotations

from typing import Any

from cpts.dashboard.levers import GPS, GROUPS, Lever, gps_of, offered, top_of
from cpts.dashboard.places import OWN
from simulation.territory import Territory
from texts import say

BARE = (
    "title territory page_compare page_target page_territory page_learn page_more pages meeting meeting_off "
    "other_language skip levers levers_from shocks_note reset usual horizon horizon_full horizon_contract result "
    "opening full failed today then then_shock spread_title spread_note spread_unknown spread_luck spread_band "
    "jump_where jump_who jump_take map_commune map_mine "
    "map_title map_alone map_few map_note legend_better legend_little_better legend_none legend_unknown "
    "legend_little_worse legend_worse legend_early "
    "kind_basin "
    "who_title who_group who_change who_better who_worse details details_note head_indicator head_word assumptions "
    "assumptions_note worst_begin head_worst "
    "head_setting head_value head_range head_grade worth france france_note head_france head_model "
    "head_year head_gap same same_note same_choose same_none take take_docx take_xlsx take_svg take_png take_yaml "
    "take_link take_wait take_copied other_mark target_title target_about target_mission target_indicator "
    "target_effort target_rule target_early territory_title territory_lead territory_choose territory_known "
    "own_title own_lead own_source own_file own_send own_template own_private own_copy own_folder own_refused "
    "own_taken fix_title fix_lead fix_observed fix_observed_note fix_means fix_means_note fix_communes "
    "fix_communes_note fix_commune fix_people fix_gps fix_nurses fix_closed fix_leaving fix_month fix_send fix_undo "
    "fix_complete fix_undo_all fix_folder fix_done fix_refused fix_year fix_source "
    "local_title local_target local_observed local_year local_source local_model "
    "more_title map_any map_show show_today show_then show_change life_title life_about life_start "
    "life_again life_working life_same life_today life_then life_all learn_title learn_lead learn_code "
    "learn_code_note learn_student learn_nobody learn_sheet learn_class_link learn_first"
).split()


def words(lang: str) -> dict[str, str]:
    """Every word of the pages that needs no figure."""
    return {name: say(f"dashboard.{name}", lang) for name in BARE}


def place_named(name: str, title: str, lang: str, source: str = "") -> str:
    """A territory as it is offered; one that was corrected says of which it was made."""
    if source and not source.startswith(OWN):
        return say("dashboard.own_corrected", lang, name=place_named(source, title, lang))
    if name.startswith(OWN):
        return say("dashboard.own_name", lang)
    try:
        return say(f"dashboard.place_{name}", lang)
    except KeyError:
        return say("dashboard.place_other", lang, name=title or name)


def panel(territory: Territory, lang: str, meeting: bool) -> list[dict[str, Any]]:
    """The levers as a page shows them, heading by heading; in a meeting, the few that are talked about."""
    levers = [one for one in offered(territory) if one.in_meeting or not meeting]
    found: list[dict[str, Any]] = []
    for group in GROUPS:
        mine = [_lever(one, territory, lang) for one in levers if one.group == group]
        if mine:
            found.append({"name": group, "label": say(f"dashboard.group_{group}", lang), "levers": mine})
    return found


def _lever(lever: Lever, territory: Territory, lang: str) -> dict[str, Any]:
    name = say(f"reading.lever_{lever.name}", lang)
    sliders = []
    for slider in lever.sliders:
        of_all = slider.most == GPS
        sliders.append(
            {
                "field": slider.field,
                "label": _size(lever.name, slider.field, lang),
                "least": slider.least,
                "most": top_of(slider, territory),
                "step": slider.step,
                "times": slider.times,
                "usual": min(slider.usual, top_of(slider, territory)),
                "outof": say("dashboard.out_of", lang, value=gps_of(territory)) if of_all else "",
            }
        )
    total = [
        say(f"reading.setting_{lever.total}_{many}", lang, value="{value}") if lever.total else ""
        for many in ("one", "many")
    ]
    return {
        "name": lever.name,
        "label": name[:1].upper() + name[1:],
        "about": say(f"dashboard.about_{lever.name}", lang),
        "sliders": sliders,
        "total": total,
    }


def _size(lever: str, field: str, lang: str) -> str:
    try:
        return say(f"dashboard.size_{field}_{lever}", lang)
    except KeyError:
        return say(f"dashboard.size_{field}", lang)

"""The page to take away says what the tool says, at every point, and no other thing."""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pytest

from cpts.cli import publish
from experiments.batch import run_many
from experiments.compare import compare
from experiments.effect import FEWEST_PEOPLE, FEWEST_PRACTICES
from experiments.explorer.basins import drawn
from experiments.explorer.grid import cells, fitting, points, read_grid, within_reach
from experiments.explorer.page import embedded, page
from experiments.explorer.points import Unlived, lived, planned
from experiments.explorer.told import SENTENCES
from experiments.reading import read
from experiments.store import Store
from simulation.faults import Refused
from tests.territories import scenario
from tests.tiny_grid import GRID, canton, grid_in, told_of

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "docs" / "explorateur-cevennes.html"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("grid")


@pytest.fixture(scope="module")
def grid(place):
    return read_grid(grid_in(place))


@pytest.fixture(scope="module")
def told(grid, place):
    return told_of(grid, place)


def faults(folder, text):
    with pytest.raises(Refused) as refused:
        read_grid(grid_in(folder, text))
    return [(fault.code, fault.line, fault.field) for fault in refused.value.faults]


def test_the_page_holds_every_position_of_the_sliders(grid, told):
    assert len(told["cells"]) == 2 * 2 * 2
    assert sorted(set(told["cells"])) == [-1, *range(len(told["points"]))]
    named = [cell.name for cell in cells(grid)]
    assert [rank == -1 for rank in told["cells"]] == [name == "" for name in named]
    # Without a volunteer, how many slots each would give is the same thing.
    assert told["cells"][0] == told["cells"][2] == -1
    assert told["cells"][1] == told["cells"][3]
    assert len(told["points"]) == len(points(grid, canton())) == 5


def test_its_sentences_are_those_of_the_comparison(grid, told):
    done = "unscheduled_care.gps=3,unscheduled_care.slots_per_week=4,medical_assistant.gps=1"
    asked = points(grid, canton())
    rank = list(asked).index(done)
    whole = compare(canton(), [asked[done]], worlds=grid.worlds, luck=grid.luck)
    whole = whole.with_(france=publish.beside_france(whole, "fr")[0])
    for lang in ("fr", "en"):
        reading, words = read(whole, lang), told["words"][lang]
        said = told["points"][rank]["said"]
        assert {name: words[said.get(name, 0)] for name in SENTENCES} == {
            name: getattr(reading, name) for name in SENTENCES
        }
        assert [words[one] for one in told["points"][rank]["warnings"]] == list(reading.warnings)
        tiles = told["points"][rank]["tiles"]
        assert [words[tile.get("then", 0)] for tile in tiles] == [tile.then for tile in reading.tiles]
        assert [words[tile.get("change", 0)] for tile in tiles] == [tile.change for tile in reading.tiles]
        groups = [
            (words[one["label"]], one["better"], one["worse"]) for one in told["points"][rank]["groups"]
        ]
        assert groups == [(one.label, one.better, one.worse) for one in reading.groups]


def test_the_same_grid_gives_the_same_bytes_whoever_lives_it(grid, tmp_path):
    few = grid.model_copy(
        update={"worlds": 2, "levers": {"unscheduled_care": grid.levers["unscheduled_care"]}}
    )
    (tmp_path / "other").mkdir()
    first = page(told_of(few, tmp_path))
    with ThreadPoolExecutor(3) as pool:
        again = page(told_of(few, tmp_path / "other", pool))
    assert again == first
    assert page(told_of(few, tmp_path)) == first


def test_an_interrupted_grid_goes_on_where_it_stopped(grid, tmp_path):
    few = grid.model_copy(update={"worlds": 2})
    runs = planned(few, canton())
    run_many(runs[:7], None, Store(tmp_path / "kept"))
    seen = []
    next(
        iter(
            lived(
                few, canton(), Store(tmp_path / "kept"), watch=lambda done, total: seen.append((done, total))
            )
        )
    )
    assert (seen[0], seen[-1]) == ((8, len(runs)), (len(runs), len(runs)))


def test_a_grid_with_a_future_that_fails_gives_no_page(grid, tmp_path):
    def fails(asked):
        raise ArithmeticError("no such future")

    with pytest.raises(Unlived, match="no such future"):
        list(lived(grid, canton(), Store(tmp_path), run=fails))


def test_sums_are_said_beside_the_sliders(told):
    lever = told["levers"][0]
    assert [told["words"]["fr"][one] for one in lever["sums"]][-1] == "soit 12 créneaux par semaine"
    assert [told["words"]["en"][one] for one in lever["sizes"][0]["told"]][1] == "3 volunteer GPs"


def test_nobody_is_told_under_three_practices_or_three_hundred_people(told):
    for point in told["points"]:
        for one in point["groups"]:
            assert not one["group"].startswith("commune")
    village = scenario("village", days=14, warm_up_days=7)
    assert (village.territory.practitioners["role"] == "gp").sum() < FEWEST_PRACTICES
    acting = village.with_(policies={"unscheduled_care": {"gps": 1, "slots_per_week": 1}})
    found = compare(village, [acting], worlds=1, luck=1)
    assert not [name for name in found.groups("answered_48h_per_1000") if name.startswith("basin")]
    assert FEWEST_PEOPLE == 300


def test_the_map_gives_ground_to_each_commune_and_walls_to_each_basin():
    territory = scenario("baseline").territory
    laid = drawn(territory)
    inside = territory.communes["inside"]
    assert len(laid["cells"]) == len(laid["communes"]) == inside.sum()
    assert [one["name"] for one in laid["basins"]] == sorted(set(territory.communes.loc[inside, "basin"]))
    for x, y, _ in laid["communes"]:
        assert 0 < x < laid["width"] and 0 < y < laid["height"]
    assert laid["walls"].count("M") > 20


def test_the_page_speaks_to_no_network_and_holds_its_data_safely(told):
    text = page(told)
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1])
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy
    outside = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL)
    assert set(re.findall(r'https?://[^"\s]+', outside)) == {"http://www.w3.org/2000/svg"}
    data = re.search(r'id="content">(.*?)</script>', text, flags=re.DOTALL)[1]
    assert json.loads(data) == json.loads(embedded(told))
    assert "</script" not in embedded({"title": "</script><script>alert(1)"})


def test_a_reader_without_script_still_finds_every_answer(told):
    without = unescape(re.search(r"<noscript>(.*?)</noscript>", page(told), flags=re.DOTALL)[1])
    for point in told["points"]:
        assert told["words"]["fr"][point["said"]["headline"]] in without


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            ("unscheduled_care: {gps", "unscheduled_cares: {gps"),
            [("unknown_lever", 4, "levers.unscheduled_cares")],
        ),
        (("gps: [0, 3]", "doctors: [0, 3]"), [("unknown_key", 4, "levers.unscheduled_care.doctors")]),
        (("[0, 3]", "[3, 0]"), [("grid_levels", 4, "levers.unscheduled_care.gps")]),
        (("[0, 3]", "[3]"), [("grid_levels", 4, "levers.unscheduled_care.gps")]),
        (("[0, 3]", "[0, 1.5]"), [("not_a_whole_number", 4, "levers.unscheduled_care.gps")]),
        (("[0, 3]", "[0, many]"), [("not_a_number", 4, "levers.unscheduled_care.gps.1")]),
        (("gps: 3, slots", "gps: 2, slots"), [("unknown_choice", 6, "opens_on.unscheduled_care.gps")]),
        (("worlds: 20", "worlds: 0"), [("out_of_range", 7, "worlds")]),
        (("worlds: 20", "world: 20"), [("unknown_key", 7, "world")]),
    ],
)
def test_a_wrong_grid_is_refused_with_its_line_and_its_field(tmp_path, change, expected):
    assert faults(tmp_path, GRID.replace(*change)) == expected


def test_every_fault_of_a_grid_is_told_at_once(tmp_path):
    text = GRID.replace("[0, 3]", "[1, 1]").replace("medical_assistant:", "assistants:")
    assert [code for code, _, _ in faults(tmp_path, text)] == ["grid_levels", "unknown_lever"]


def test_a_grid_too_large_for_an_email_is_refused(tmp_path):
    levels = "[0, 1, 2, 3, 4, 5, 6, 7]"
    text = GRID.replace("[0, 3]", levels).replace("[1, 4]", levels).replace("[0, 1]}", levels + "}")
    assert [code for code, _, _ in faults(tmp_path, text)] == ["grid_too_large"]


def test_a_grid_asks_for_no_more_doctors_than_there_are(tmp_path):
    asked = read_grid(grid_in(tmp_path, GRID.replace("[0, 3]", "[0, 30]").replace("gps: 3", "gps: 30")))
    with pytest.raises(Refused) as refused:
        fitting(asked, canton(), "grid.yaml")
    assert [fault.code for fault in refused.value.faults] == ["too_many_gps"]
    assert within_reach(asked, canton()).axes[0][2] == (0, 3)


def test_the_command_refuses_a_wrong_grid_in_one_sentence(tmp_path):
    path = grid_in(tmp_path, GRID.replace("[0, 3]", "[3]"))
    command = [
        sys.executable,
        "-m",
        "cpts",
        "--lang",
        "fr",
        "publish",
        str(path),
        "-o",
        str(tmp_path / "p.html"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    told = " ".join(done.stderr.split())
    assert done.returncode == 2
    assert "grid.yaml, ligne 4" in told and "un curseur prend de 2 à 8 valeurs" in told
    assert "Traceback" not in told
    assert not (tmp_path / "p.html").exists()


def test_the_command_writes_a_page_and_says_what_it_holds(tmp_path):
    text = "baseline: village\nlevers: {unscheduled_care: {gps: [0, 1], slots_per_week: [1, 2]}}\nworlds: 2\n"
    path = grid_in(
        tmp_path, text.replace("levers: ", "levers:\n  ").replace("  {un", "  un").replace("2]}}", "2]}")
    )
    line = [
        "publish",
        str(path),
        "--workers",
        "1",
        "--keep",
        str(tmp_path / "kept"),
        "-o",
        str(tmp_path / "p.html"),
    ]
    days = ["--set", "days=14", "--set", "warm_up_days=7"]
    command = [sys.executable, "-m", "cpts", "--lang", "en", *line, *days]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "2 points" in done.stdout
    assert "too early" in unescape((tmp_path / "p.html").read_text()).lower()


def test_the_shipped_page_holds_the_shipped_grid():
    text = SHIPPED.read_text(encoding="utf-8")
    assert SHIPPED.stat().st_size < 2_000_000
    held = json.loads(re.search(r'id="content">(.*?)</script>', text, flags=re.DOTALL)[1])
    asked = read_grid(publish.grids() / "cevennes.yaml")
    assert [[size["levels"] for size in lever["sizes"]] for lever in held["levers"]] == [
        [list(levels) for levels in sizes.values()] for sizes in asked.levers.values()
    ]
    assert {len(point["futures"]) for point in held["points"]} == {asked.worlds} == {20}
    assert len(held["cells"]) == len(cells(asked))
    assert "Projection issue d’une simulation, pas un constat" in text
    # Whoever mends the page writes it again: cpts publish -o docs/explorateur-cevennes.html
    assert page(held) == text


def test_the_first_links_of_the_readme_open_without_installing_anything():
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links[0] == "docs/explorateur-cevennes.html"
    assert "docs/lecons.html" in links[:3]
    for link in (links[0], "docs/lecons.html"):
        assert (ROOT / link).stat().st_size < 10_000_000

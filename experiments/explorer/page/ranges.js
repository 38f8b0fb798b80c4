// Luck and what is not known, apart, on one scale of useful differences; right is better whatever the indicator.
const WIDE = 600, HIGH = 40, MIDDLE = HIGH / 2;
const [BEFORE, AFTER, MEAN, LOW, HIGH_END, LUCK_LOW, LUCK_HIGH] = [0, 1, 2, 3, 4, 5, 6];
const units = (name, value) => {
  const one = content.indicators[name];
  return ((one.better === "lower" ? -1 : 1) * value) / one.useful;
};
const isDrawn = (name) => content.indicators[name].useful && content.indicators[name].better !== "none";
// The scale never moves with the sliders, so that a longer bar is a larger effect.
const widest = 1.08 * Math.max(2, ...content.points.flatMap((each) => Object.entries(each.effects)
  .filter(([name]) => isDrawn(name))
  .flatMap(([name, found]) => found.slice(LOW).map((value) => Math.abs(units(name, value ?? 0))))));
const across = (unit) => WIDE / 2 + (unit / widest) * (WIDE / 2 - 8);

const missed = (here, name) => here.tiles.some((tile) => tile.name === name && tile.grey);
const drawnAt = (here) => Object.keys(here.effects).filter((name) => isDrawn(name) && !missed(here, name) && here.effects[name][MEAN] !== null);

function showRanges(here) {
  const names = drawnAt(here).sort((one, other) => (other === here.leading) - (one === here.leading));
  const rows = names.map((name) => make("div", { class: "strip" },
    make("div", { class: "named" },
      make("span", { text: told(content.indicators[name].label) }),
      make("strong", { text: changeOf(here, name) })),
    strip(here, name)));
  const ends = make("div", { class: "ends", "aria-hidden": "true" }, make("span", { text: word("worse") }), make("span", { text: word("better") }));
  find("ranges").replaceChildren(...(rows.length ? [ends, ...rows, legendOfRanges(here)] : []));
}
const changeOf = (here, name) => told(here.tiles.find((tile) => tile.name === name)?.change);

function strip(here, name) {
  const found = here.effects[name].map((value) => (value === null ? null : units(name, value)));
  const dots = name === here.leading ? here.futures.filter((value) => value !== null).map((value) => units(name, value)) : [];
  const label = `${told(content.indicators[name].label)} : ${changeOf(here, name)}`;
  return draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": label },
    bar(-1, 1, HIGH - 4, "#e9e6de"),
    bar(found[LOW], found[HIGH_END], 20, "#a9cbe8"),
    bar(found[LUCK_LOW], found[LUCK_HIGH], 7, "#0b4f8a"),
    draw("line", { x1: across(0), x2: across(0), y1: 2, y2: HIGH - 2, stroke: "#51606e" }),
    ...dots.map((unit, rank) => draw("circle", { cx: across(unit), cy: MIDDLE + ((rank % 3) - 1) * 9, r: 3, fill: "none", stroke: "#1b2530" })),
    draw("circle", { cx: across(found[MEAN]), cy: MIDDLE, r: 6, fill: "#1b2530", stroke: "#fff", "stroke-width": 2 }));
}
function bar(one, other, thick, fill) {
  if (one === null || other === null) return null;
  const [left, right] = [across(one), across(other)].sort((a, b) => a - b);
  return draw("rect", { x: left, y: MIDDLE - thick / 2, width: Math.max(right - left, 2), height: thick, rx: 3, fill });
}

function legendOfRanges(here) {
  const sign = (fill, high) => draw("svg", { width: 26, height: 12, "aria-hidden": "true" },
    draw("rect", { x: 0, y: 6 - high / 2, width: 26, height: high, rx: 3, fill }));
  const threshold = told(content.indicators[here.leading].threshold);
  return make("ul", { class: "key" },
    make("li", {}, sign("#a9cbe8", 12), word("unknown")),
    make("li", {}, sign("#0b4f8a", 5), word("luck")),
    make("li", {}, sign("#e9e6de", 12), word("band", { threshold })));
}

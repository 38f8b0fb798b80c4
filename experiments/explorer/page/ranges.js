// Luck and what is not known, apart, on one scale of useful differences; right is better whatever the indicator.
const WIDE = 600, LANE = 22, BARS = 30;
const highOf = (dots) => BARS + (dots.length ? LANE : 0);
const [BEFORE, AFTER, MEAN, LOW, HIGH_END, LUCK_LOW, LUCK_HIGH] = [0, 1, 2, 3, 4, 5, 6];
const units = (name, value) => {
  const one = content.indicators[name];
  return ((one.better === "lower" ? -1 : 1) * value) / one.useful;
};
const isDrawn = (name) => content.indicators[name].useful && content.indicators[name].better !== "none";
const missed = (here, name) => here.tiles.some((tile) => tile.name === name && tile.grey);
// The scale never moves with the sliders, so that a longer bar is a larger effect.
const widest = 1.08 * Math.max(2, ...content.points.flatMap((each) => Object.entries(each.effects)
  .filter(([name]) => isDrawn(name) && !missed(each, name))
  .flatMap(([name, found]) => found.slice(LOW).map((value) => Math.abs(units(name, value ?? 0))))));
const across = (unit) => WIDE / 2 + (unit / widest) * (WIDE / 2 - 8);

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
  const label = `${told(content.indicators[name].label)}${colon()}${changeOf(here, name)}`;
  const high = highOf(dots), middle = high - BARS / 2;
  return draw("svg", { viewBox: `0 0 ${WIDE} ${high}`, role: "img", "aria-label": label },
    draw("rect", { x: across(-1), y: 0, width: across(1) - across(-1), height: high, fill: "#e9e6de" }),
    bar(found[LOW], found[HIGH_END], middle, 20, "#a9cbe8"),
    bar(found[LUCK_LOW], found[LUCK_HIGH], middle, 7, "#0b4f8a"),
    draw("line", { x1: across(0), x2: across(0), y1: 0, y2: high, stroke: "#51606e", "stroke-width": 1.5 }),
    ...heaped(dots).map(([unit, level]) => draw("circle", { cx: across(unit), cy: LANE - 4 - 5 * level, r: 3, fill: "#1b2530", "fill-opacity": .55 })),
    draw("path", { d: `M${across(found[MEAN])} ${middle - 9}v18`, stroke: "#1b2530", "stroke-width": 4 }));
}
// Futures that fall at one place stand on each other.
function heaped(dots) {
  const held = new Map();
  return [...dots].sort((one, other) => one - other).map((unit) => {
    const place = Math.round(across(unit) / 6), level = held.get(place) ?? 0;
    held.set(place, level + 1);
    return [unit, Math.min(level, 3)];
  });
}
function bar(one, other, middle, thick, fill) {
  if (one === null || other === null) return null;
  const [left, right] = [across(one), across(other)].sort((a, b) => a - b);
  return draw("rect", { x: left, y: middle - thick / 2, width: Math.max(right - left, 2), height: thick, rx: 3, fill });
}

function legendOfRanges(here) {
  const sign = (fill, high) => draw("svg", { width: 26, height: 12, "aria-hidden": "true" },
    draw("rect", { x: 0, y: 6 - high / 2, width: 26, height: high, rx: 3, fill }));
  const threshold = told(content.indicators[here.leading].threshold);
  return make("ul", { class: "key" },
    make("li", {}, draw("svg", { width: 14, height: 12, "aria-hidden": "true" }, draw("circle", { cx: 6, cy: 6, r: 3.5, fill: "#1b2530", "fill-opacity": .55 })), word("each")),
    make("li", {}, sign("#a9cbe8", 12), word("unknown")),
    make("li", {}, sign("#0b4f8a", 5), word("luck")),
    make("li", {}, sign("#e9e6de", 12), word("band", { threshold })));
}

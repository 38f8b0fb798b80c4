// The territory by basin. A basin that is too small to be told alone takes the colour of those told with it.
const FILLS = { better: "#6aa5d8", same: "#e4e2da", unknown: "url(#hatched)", worse: "url(#crossed)", early: "#ffffff", none: "#e4e2da" };
const groupOf = (here, basin) => here.groups[here.basins[basin]];
const isAlone = (here, basin) => groupOf(here, basin)?.group === `basin:${basin}`;

function pattern(id, back, lines, path) {
  return draw("pattern", { id, width: 10, height: 10, patternUnits: "userSpaceOnUse" },
    draw("rect", { width: 10, height: 10, fill: back }), draw("path", { d: path, stroke: lines, "stroke-width": 2 }));
}

function showMap(here) {
  const { width, height, cells, walls, communes, basins } = place().map;
  const fill = (basin) => FILLS[groupOf(here, basin)?.side ?? "none"];
  // The figure of several basins is written beside none of them.
  const said = (one) => (isAlone(here, one.name) ? told(groupOf(here, one.name).short) : "");
  const picture = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": word("map") },
    draw("defs", {},
      pattern("hatched", "#f3f1ea", "#9a968a", "M0 10L10 0"),
      pattern("crossed", "#f6d3b8", "#b04a00", "M0 0L10 10M0 10L10 0")),
    ...cells.map(([basin, path]) => draw("path", { d: path, fill: fill(basins[basin].name), stroke: "#fff", "stroke-width": 1.2 })),
    draw("path", { d: walls, fill: "none", stroke: "#1b2530", "stroke-width": 2.4, "stroke-linecap": "round" }),
    ...communes.map(([x, y, r]) => draw("circle", { cx: x, cy: y, r, fill: "#fff", stroke: "#51606e", "fill-opacity": .75 })),
    ...basins.flatMap((one) => [
      draw("text", { x: one.at[0], y: one.at[1] - 8, "text-anchor": "middle", text: one.name }),
      said(one) && draw("text", { class: "said", x: one.at[0], y: one.at[1] + 22, "text-anchor": "middle", text: said(one) })]));
  find("map").replaceChildren(picture);
  find("legend").replaceChildren(...basins.map((one) => {
    const group = groupOf(here, one.name), side = group?.side ?? "none", alone = isAlone(here, one.name);
    const together = group && `${told(group.label)}${colon()}${told(group.change)}`;
    const words = isToday() || alone ? [word(`side_${side}`)] : [word("small"), together];
    return make("li", {}, swatch(side), make("strong", { text: one.name }),
      alone ? `${colon()}${told(group.change)} ` : " ",
      make("span", { class: "side", text: `— ${words.filter(Boolean).join(" ; ")}` }));
  }));
}
function swatch(side) {
  return draw("svg", { width: 16, height: 14, "aria-hidden": "true" },
    draw("rect", { x: .5, y: .5, width: 15, height: 13, rx: 2, fill: FILLS[side], stroke: "#51606e" }));
}

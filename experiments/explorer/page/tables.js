// Everything that is folded: every step at a glance, groups, every figure, what it rests on, the words.
function showTables(here) {
  showGrid();
  const groups = here.groups.map((one) => [told(one.label), make("td", { class: one.side, text: told(one.change) }),
    word("futures_of", { count: one.better }), word("futures_of", { count: one.worse })]);
  scrolling("groups", word("who_more"), table(word("who_told"), [word("group"), word("change"), word("gains"), word("loses")], groups));
  const figures = here.tiles.map((tile) => isToday()
    ? [told(tile.label), told(tile.today), "", "", "", ""]
    : [told(tile.label), told(tile.today), told(tile.then), make("td", { class: tile.side, text: told(tile.change) }), told(tile.range),
      [told(tile.word), told(tile.note)].filter(Boolean).join(" ; ")]);
  scrolling("details", word("details"), table("", ["figure", "today", "then", "change", "range", "word"].map((name) => word(name)), figures,
    here.tiles.map((tile) => tile.grey && "grey")));
  const rests = here.rests.map((path) => {
    const one = content.figures[path];
    return [told(one.label), told(one.value), told(one.range), word(`grade_${one.grade}`), make("td", { class: "source", text: one.source })];
  });
  scrolling("rests", word("rests"), rests.length
    ? table("", ["setting", "value", "admitted", "grade", "source"].map((name) => word(name)), rests)
    : make("p", { text: word("rests_none") }));
}

// The first two sliders laid out; the others stay where they are.
function showGrid() {
  const [down, along] = axes;
  const columns = along ? along.size.levels : [0];
  const at = (row, column) => chosen.at.map((rank, axis) => (axis === 0 ? row : axis === 1 ? column : rank));
  const rows = down.size.levels.map((_, row) => [told(down.size.told[row]),
    ...columns.map((_, column) => make("td", {}, step(at(row, column), row, column)))]);
  const over = (level, column) => (along.lever.choice ? told(along.size.told[column]) : number(level, 2));
  const heads = [told(down.size.label), ...(along ? columns.map(over) : [word("change")])];
  const caption = [told(STEPS_TITLE ?? content.indicators[STEPS_ON].label), along && `${told(along.size.label)} →`];
  scrolling("grid", word("grid"), table(caption.filter(Boolean).join(" · "), heads, rows));
}
const STEPS_ON = content.glance;
const STEPS_TITLE = content.places[0].today.tiles.find((tile) => tile.name === STEPS_ON)?.title;

function step(at, row, column) {
  const there = pointAt(at), found = there?.effects[STEPS_ON];
  const tile = there?.tiles.find((each) => each.name === STEPS_ON);
  const short = content.study && tile ? [told(tile.change), told(tile.word)].filter(Boolean).join(" — ") : found && signed(found[MEAN], 1);
  const text = short || word("today");
  const label = [told(axes[0].size.told[row]), axes[1] && told(axes[1].size.told[column]), content.study ? text : tile ? told(tile.change) : word("today")];
  return make("button", { type: "button", class: tile?.side, text, "aria-label": label.filter(Boolean).join(", "),
    "aria-pressed": String(at.join() === chosen.at.join()),
    onclick: () => {
      chosen.at = at;
      showLevers();
      showResult();
      find("grid").querySelector('[aria-pressed="true"]')?.focus();
    } });
}

function showGlossary() {
  find("glossary").replaceChildren(...content.glossary.flatMap(([term, about]) => [
    make("dt", { text: told(term) }), make("dd", { text: told(about) })]));
}

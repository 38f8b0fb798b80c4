// The answer: one sentence, its price, four figures in their order, and how sure all this is.
function showResult() {
  const here = point();
  say("place", told(place().place));
  say("france", told(place().france));
  say("scenario", isToday() ? word("off") : told(here.said.scenario));
  say("headline", told(here.said.headline));
  say("price", told(here.said.price));
  find("tiles").replaceChildren(...here.tiles.filter((tile) => !tile.folded).map(oneTile));
  const solid = ["sureness", "doubt", "worth", "cost"].filter((name) => here.said[name]);
  find("solid").replaceChildren(...solid.map((name) => make("p", { text: told(here.said[name]) })));
  find("solid").hidden = !solid.length;
  find("warnings").replaceChildren(...[...here.warnings, here.said.local].filter(Boolean).map((rank) => make("p", { text: told(rank) })));
  say("who", told(here.said.who));
  for (const part of ["who-part", "ranges-part"]) find(part).hidden = isToday();
  showRanges(here);
  showMap(here);
  showTables(here);
  const first = here.tiles[0];
  say("bar-told", isToday() ? word("off") : `${told(first.label)}${colon()}${told(first.today)} → ${told(first.then)}`);
  keepAddress();
}

function oneTile(tile) {
  const still = isToday();
  return make("li", { class: [still ? "" : tile.side, tile.grey ? "grey" : ""].join(" ").trim() || undefined, "data-tile": tile.name },
    make("span", { class: "label", text: told(tile.title ?? tile.label) }),
    make("span", { class: "then", text: told(still ? tile.today : tile.then) }),
    make("span", { class: "today", text: still ? word("today") : `${word("today")}${colon()}${told(tile.today)}` }),
    !still && make("span", { class: "word", text: told(tile.word) }),
    !still && tile.note && make("span", { class: "note", text: told(tile.note) }));
}

function keepAddress() {
  try {
    history.replaceState(null, "", address());
  } catch {
    // Some readers of files refuse: the view is simply not kept in the address.
  }
}

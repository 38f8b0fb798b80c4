// What a study decided beforehand, what came out of it and with what it was lived; nothing on the page of a grid.
function showStudy() {
  find("study").replaceChildren(...(content.study ?? []).map((part) => make("details", {},
    make("summary", { text: told(part.title) }), ...part.blocks.map(oneBlock))));
}

function oneBlock(block) {
  if (block.text) return make("p", { text: told(block.text) });
  if (block.picture) {
    const picture = make("img", { alt: told(block.caption), src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(told(block.picture))}` });
    return make("figure", { class: "drawn" }, picture, make("figcaption", { text: told(block.caption) }));
  }
  const rows = block.rows.map((row) => row.map((cell) => told(cell)));
  return make("div", { class: "wide study", tabindex: "0", role: "region", "aria-label": told(block.caption) },
    table(told(block.caption), block.heads.map((head) => told(head)), rows));
}

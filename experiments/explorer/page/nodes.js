// Elements made by hand: never from text that could hold tags.
const SVG = "http://www.w3.org/2000/svg";
const find = (id) => document.getElementById(id);

function filled(element, given, inside) {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside.filter(Boolean));
  return element;
}
const make = (tag, given = {}, ...inside) => filled(document.createElement(tag), given, inside);
const draw = (tag, given = {}, ...inside) => filled(document.createElementNS(SVG, tag), given, inside);
const say = (id, text) => { find(id).textContent = text; find(id).hidden = !text; };

function table(caption, heads, rows, classes = []) {
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col", text })));
  const body = rows.map(([first, ...rest], rank) => make("tr", { class: classes[rank] || undefined },
    make("th", { scope: "row", text: first }),
    ...rest.map((cell) => (cell instanceof Node ? cell : make("td", { text: cell })))));
  return make("table", {}, caption && make("caption", { text: caption }), make("thead", {}, head), make("tbody", {}, ...body));
}
function scrolling(id, label, inside) {
  const box = find(id);
  box.replaceChildren(inside);
  filled(box, { tabindex: "0", role: "region", "aria-label": label }, []);
}

// What leaves the page: paper, tables that a spreadsheet opens, a picture, a link. All is made here.
function save(name, parts, type) {
  const from = URL.createObjectURL(new Blob(parts, { type }));
  const link = make("a", { href: from, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(from), 2000);
  say("done", word("saved"));
}

// A cell that a spreadsheet would run as a formula is kept a text.
const separator = () => (chosen.lang === "fr" ? ";" : ",");
const guarded = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const quoted = (cell) => `"${(typeof cell === "number" ? plain(cell) : guarded(String(cell ?? ""))).replaceAll('"', '""')}"`;
const plain = (value) => (chosen.lang === "fr" ? String(value).replace(".", ",") : String(value));
const asCsv = (rows) => ["\ufeff", rows.map((row) => row.map(quoted).join(separator())).join("\r\n"), "\r\n"];
const stamped = () => [[word("stamp")], [signature()]];
const signature = () => `${word("version", { value: content.stamp.version })} · ${word("mark", { value: content.stamp.asked })}`;
const fileName = (ending) => `cpts-${content.stamp.asked}-${chosen.at.join("-")}.${ending}`;

function saveTable() {
  const here = point();
  const heads = ["figure", "today", "then", "change", "range", "word"].map((name) => word(name));
  const figures = here.tiles.map((tile) => isToday() ? [told(tile.label), told(tile.today)]
    : [tile.label, tile.today, tile.then, tile.change, tile.range, tile.word].map(told));
  const groups = here.groups.map((one) => [told(one.label), told(one.change), one.better, one.worse]);
  const asked = [content.question, content.frozen].filter(Boolean).map((rank) => [told(rank)]);
  save(fileName("csv"), asCsv([...stamped(), [told(content.title)], ...asked, [find("scenario").textContent], [told(here.said.headline)],
    [told(here.said.price)], [], heads, ...figures, [], [word("group"), word("change"), word("gains"), word("loses")], ...groups]), "text/csv");
}

function saveEverything() {
  const names = [...new Set(content.points.flatMap((each) => Object.keys(each.effects)))];
  const sizes = axes.map(({ lever, size }) => (lever.choice ? lever.name : `${lever.name}.${size.name}`));
  const heads = [...sizes, ...names.flatMap((name) => ["today", "action", "difference", "low", "high", "luck_low", "luck_high"].map((part) => `${name}.${part}`))];
  const rows = [];
  const walk = (at) => {
    if (at.length < axes.length) return axes[at.length].size.levels.forEach((_, rank) => walk([...at, rank]));
    const there = pointAt(at);
    if (there) rows.push([...at.map((rank, axis) => axes[axis].size.levels[rank]), ...names.flatMap((name) => there.effects[name] ?? Array(7).fill(""))]);
  };
  walk([]);
  save(`cpts-${content.stamp.asked}.csv`, asCsv([...stamped(), heads, ...rows]), "text/csv");
}

function wrapped(text, length) {
  return text.split(" ").reduce((lines, next) => {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${next}`.length <= length) lines[lines.length - 1] = `${last} ${next}`;
    else lines.push(next);
    return lines;
  }, []);
}

// The headline, its price and the ranges as one picture, stamp included.
function pictureOfView() {
  const here = point(), picture = draw("svg", { xmlns: SVG, width: 1200 });
  let y = 30;
  const write = (text, size, length, ink, family = "system-ui, sans-serif") => wrapped(text, length).forEach((line) => {
    y += size * 1.3;
    picture.append(draw("text", { x: 60, y, "font-size": size, fill: ink, "font-family": family, text: line }));
  });
  write(told(content.title), 22, 90, "#51606e");
  write(told(content.question), 26, 80, "#1b2530");
  write(isToday() ? word("off") : told(here.said.scenario), 22, 95, "#51606e");
  y += 14;
  write(told(here.said.headline), 42, 52, "#1b2530", "Georgia, serif");
  y += 6;
  write([here.said.price, here.said.sureness].map(told).join(" ").trim(), 24, 90, "#1b2530");
  for (const name of drawnAt(here)) {
    y += 24;
    write(`${told(content.indicators[name].label)}${colon()}${changeOf(here, name)}`, 20, 100, "#1b2530");
    const row = draw("g", { transform: `translate(60 ${y + 8}) scale(1.8)` }, ...strip(here, name).childNodes);
    picture.append(row);
    y += highOf(name === here.leading ? here.futures : []) * 1.8;
  }
  y += 14;
  write(word("ranges_told"), 18, 118, "#51606e");
  y += 8;
  write(`${word("stamp")} ${signature()}`, 20, 105, "#51606e");
  picture.setAttribute("height", Math.round(y + 40));
  picture.prepend(draw("rect", { width: "100%", height: "100%", fill: "#ffffff" }));
  return picture;
}

function savePicture() {
  const drawn = pictureOfView(), image = new Image();
  image.onload = () => {
    const canvas = make("canvas", { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    canvas.toBlob((blob) => save(fileName("png"), [blob], "image/png"));
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
}

async function copyLink() {
  const link = location.href.split("#")[0] + address();
  try {
    await navigator.clipboard.writeText(link);
    say("done", word("copied"));
  } catch {
    say("done", link);
  }
}

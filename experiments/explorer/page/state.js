// What is chosen (one rank for each slider) and what that says. Nothing is computed here that Python has not told.
const content = JSON.parse(document.getElementById("content").textContent);
const axes = content.levers.flatMap((lever, place) => lever.sizes.map((size) => ({ lever, place, size })));
const chosen = { at: [...content.opening], lang: document.documentElement.lang };

const told = (rank) => content.words[chosen.lang][rank ?? 0];
const word = (name, fields = {}) =>
  content.interface[chosen.lang][name].replace(/\{(\w+)\}/g, (all, field) => fields[field] ?? all);
const colon = () => (chosen.lang === "fr" ? "\u00a0: " : ": ");
const number = (value, digits) =>
  new Intl.NumberFormat(chosen.lang === "fr" ? "fr-FR" : "en-GB", { maximumFractionDigits: digits }).format(value);
const signed = (value, digits) => (value > 0 && Number(value.toFixed(digits)) > 0 ? "+" : "") +
  number(value, digits).replace("-", "−").replace(/^−0$/, "0");

// Positions are counted with the last slider moving first, as the grid was crossed.
const rankOf = (at) => at.reduce((rank, each, axis) => rank * axes[axis].size.levels.length + each, 0);
const pointAt = (at) => content.points[content.cells[rankOf(at)]];
const place = () => content.places[chosen.at[content.place_axis] ?? 0];
const today = () => ({ said: { headline: place().today.headline }, warnings: [], tiles: place().today.tiles, groups: [],
  basins: {}, effects: {}, futures: [], rests: [], side: "none", leading: content.points[0].leading });
const point = () => pointAt(chosen.at) ?? today();
const isToday = () => !pointAt(chosen.at);

// The address keeps the view: language, sliders, and the fingerprint of what was computed.
const address = () => `#${chosen.lang}/${chosen.at.join(".")}/${content.stamp.asked}`;
function fromAddress() {
  const [lang, sliders] = location.hash.slice(1).split("/");
  if (content.words[lang]) chosen.lang = lang;
  const at = (sliders ?? "").split(".").map(Number);
  const fits = at.length === axes.length && at.every((rank, axis) => axes[axis].size.levels[rank] !== undefined);
  if (sliders && fits) chosen.at = at;
}

// The sliders: a step is a level that was lived; a lever that is there or not is a box to tick; what has no order is a choice.
function showLevers() {
  const held = document.activeElement?.id;
  find("sliders").replaceChildren(...content.levers.map(oneLever));
  if (held?.startsWith("axis-")) find(held)?.focus();
}
const axisOf = (lever, size) => axes.findIndex((each) => each.lever === lever && each.size === size);
const isSwitch = (lever) => lever.sizes.length === 1 && lever.sizes[0].levels.length === 2 && lever.sizes[0].levels[0] === 0;

function oneLever(lever) {
  const parts = lever.choice ? oneChoice(lever) : isSwitch(lever) ? [oneSwitch(lever)] : lever.sizes.map((size) => oneSlider(lever, size));
  const total = told(sumOf(lever));
  return make("fieldset", {},
    make("legend", { text: told(lever.label) }),
    make("p", { class: "about", text: told(lever.about) }),
    ...parts,
    make("p", { class: "sum", "data-sum": lever.name, hidden: !total, text: total }));
}
const sumOf = (lever) => lever.sums[lever.sizes.reduce(
  (rank, size) => rank * size.levels.length + chosen.at[axisOf(lever, size)], 0)];

function oneSlider(lever, size) {
  const axis = axisOf(lever, size), rank = chosen.at[axis], id = `axis-${axis}`;
  const slider = make("input", { type: "range", id, min: 0, max: size.levels.length - 1, step: 1, value: rank,
    "aria-valuetext": told(size.told[rank]), oninput: (event) => choose(axis, Number(event.target.value)) });
  return make("div", { class: "size" },
    make("label", { for: id, text: told(size.label) }),
    make("output", { for: id, text: told(size.told[rank]) }),
    slider,
    make("div", { class: "ticks", "aria-hidden": "true" }, ...size.levels.map((level, place) =>
      make("span", { class: place === rank && "here", text: number(level, 2) }))));
}

function oneSwitch(lever) {
  const axis = axisOf(lever, lever.sizes[0]), id = `axis-${axis}`;
  const box = make("input", { type: "checkbox", id, onchange: (event) => choose(axis, event.target.checked ? 1 : 0) });
  box.checked = chosen.at[axis] === 1;
  return make("label", { class: "switch", for: id }, box, make("span", { text: told(lever.sizes[0].told[1]) }));
}

function oneChoice(lever) {
  const axis = axisOf(lever, lever.sizes[0]);
  return lever.sizes[0].told.map((said, rank) => {
    const id = `axis-${axis}-${rank}`;
    const button = make("input", { type: "radio", id, name: `axis-${axis}`, value: rank, onchange: () => choose(axis, rank) });
    button.checked = chosen.at[axis] === rank;
    return make("label", { class: "switch choice", for: id }, button, make("span", { text: told(said) }));
  });
}

// While a slider is held it must stay the same element: only what it says is renewed.
function choose(axis, rank) {
  chosen.at[axis] = rank;
  const { lever, size } = axes[axis], slider = find(lever.choice ? `axis-${axis}-${rank}` : `axis-${axis}`);
  if (lever.choice) {
    slider.checked = true;
  } else if (slider.type === "range") {
    slider.value = rank;
    slider.setAttribute("aria-valuetext", told(size.told[rank]));
    slider.parentElement.querySelector("output").textContent = told(size.told[rank]);
    slider.parentElement.querySelectorAll(".ticks span").forEach((tick, place) => tick.classList.toggle("here", place === rank));
  } else {
    slider.checked = rank === 1;
  }
  const sum = document.querySelector(`[data-sum="${lever.name}"]`);
  sum.textContent = told(sumOf(lever));
  sum.hidden = !sum.textContent;
  showResult();
}

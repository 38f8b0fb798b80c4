// Everything in its language, then the first answer: the page is never empty.
function showAll() {
  document.documentElement.lang = chosen.lang;
  document.title = told(content.title);
  document.querySelectorAll("[data-word]").forEach((element) => { element.textContent = word(element.dataset.word); });
  find("language").setAttribute("lang", chosen.lang === "fr" ? "en" : "fr");
  find("tiles").setAttribute("aria-label", word("tiles"));
  say("title", told(content.title));
  say("question", told(content.question));
  say("frozen", told(content.frozen));
  say("mark", signature());
  say("done", "");
  showStudy();
  showGlossary();
  showLevers();
  showResult();
}

fromAddress();
find("language").addEventListener("click", () => { chosen.lang = chosen.lang === "fr" ? "en" : "fr"; showAll(); });
find("reset").addEventListener("click", () => { chosen.at = chosen.at.map((rank, axis) => (axis === content.place_axis ? rank : 0)); showLevers(); showResult(); });
find("print").addEventListener("click", () => window.print());
find("csv").addEventListener("click", saveTable);
find("csv-all").addEventListener("click", saveEverything);
find("image").addEventListener("click", savePicture);
find("link").addEventListener("click", copyLink);
find("sliders").addEventListener("submit", (event) => event.preventDefault());
find("app").hidden = false;
showAll();

// Everything in its language, then the first answer: the page is never empty.
function showAll() {
  document.documentElement.lang = chosen.lang;
  document.title = told(content.title);
  document.querySelectorAll("[data-word]").forEach((element) => { element.textContent = word(element.dataset.word); });
  find("language").setAttribute("lang", chosen.lang === "fr" ? "en" : "fr");
  find("tiles").setAttribute("aria-label", word("tiles"));
  say("title", told(content.title));
  say("place", told(content.place));
  say("france", told(content.france));
  say("mark", signature());
  say("done", "");
  showGlossary();
  showLevers();
  showResult();
}

fromAddress();
find("language").addEventListener("click", () => { chosen.lang = chosen.lang === "fr" ? "en" : "fr"; showAll(); });
find("reset").addEventListener("click", () => { chosen.at = axes.map(() => 0); showLevers(); showResult(); });
find("print").addEventListener("click", () => window.print());
find("csv").addEventListener("click", saveTable);
find("csv-all").addEventListener("click", saveEverything);
find("image").addEventListener("click", savePicture);
find("link").addEventListener("click", copyLink);
find("sliders").addEventListener("submit", (event) => event.preventDefault());
find("app").hidden = false;
showAll();

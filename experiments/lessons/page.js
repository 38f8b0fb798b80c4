(() => {
  "use strict";
  const root = document.documentElement;
  const every = (selector, at = document) => [...at.querySelectorAll(selector)];
  const spare = new Map();
  const kept = {
    get(key) { try { return localStorage.getItem("lecons:" + key); } catch { return spare.get(key) ?? null; } },
    set(key, value) { spare.set(key, value); try { localStorage.setItem("lecons:" + key, value); } catch { /* private */ } },
    drop(key) { spare.delete(key); try { localStorage.removeItem("lecons:" + key); } catch { /* private */ } },
  };
  const both = (number) => every(`article[data-lesson="${number}"]`);
  root.classList.add("js");

  const speak = (lang) => {
    root.lang = lang;
    for (const main of every("main")) {
      main.hidden = main.lang !== lang;
      if (!main.hidden) document.title = main.dataset.title;
    }
    for (const button of every("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    kept.set("lang", lang);
  };

  const show = (scene, setting, aloud = true) => {
    for (const mark of every(".mark", scene)) {
      mark.classList.toggle("now", mark.dataset.s === setting);
      if (mark.dataset.s === setting) mark.classList.add("seen");
    }
    for (const button of every("[data-setting]", scene)) {
      const here = button.dataset.setting === setting;
      button.setAttribute("aria-pressed", String(here));
      if (here) button.classList.add("seen");
      if (here && aloud) scene.querySelector(".read").textContent = button.dataset.say;
    }
  };

  const voted = (number, answer) => {
    for (const article of both(number)) {
      article.classList.add("voted");
      for (const radio of every("input[type=radio]", article)) {
        radio.checked = radio.value === answer;
        radio.disabled = true;
      }
      for (const one of every("[data-verdict]", article)) one.classList.toggle("told", one.dataset.verdict === answer);
      for (const scene of every(".scene", article)) if (!scene.querySelector(".seen")) show(scene, scene.dataset.first);
    }
    for (const link of every(`[data-go="${number}"]`)) link.classList.add("done");
  };

  const opened = (number) => {
    for (const article of both(number)) {
      article.classList.add("opened");
      for (const mark of every(".mark", article)) mark.classList.add("seen");
      for (const fold of every("details.fold", article)) fold.open = true;
    }
  };

  const again = (number) => {
    kept.drop("vote:" + number);
    kept.drop("open:" + number);
    for (const article of both(number)) {
      article.classList.remove("voted", "opened");
      for (const one of every(".seen, .now", article)) one.classList.remove("seen", "now");
      for (const button of every("[data-setting]", article)) button.setAttribute("aria-pressed", "false");
      for (const fold of every("details", article)) fold.open = false;
      for (const radio of every("input[type=radio]", article)) Object.assign(radio, { disabled: false, checked: false });
      for (const read of every(".read", article)) read.textContent = "";
      for (const one of every("[data-verdict]", article)) one.classList.remove("told");
    }
    for (const link of every(`[data-go="${number}"]`)) link.classList.remove("done");
  };

  // A student's own draw takes the place of the mean in every scene; without a number the mean is back.
  const inside = (id) => JSON.parse(document.getElementById(id).textContent);
  const [own, sheets] = [inside("own"), inside("sheets")];
  const langOf = (one) => one.closest("main").lang;
  const means = new Map(every(".scene").filter((scene) => own[scene.dataset.own]).map((scene) => [scene, {
    draws: scene.querySelector(".draws").textContent,
    say: Object.fromEntries(every("[data-setting]", scene).map((button) => [button.dataset.setting, button.dataset.say])),
    charts: every(".chart", scene).map((chart) => ({
      zero: chart.querySelector(".zero")?.getAttribute("x1"),
      marks: Object.fromEntries(every(".mark", chart).map((mark) => [mark.dataset.s, mark.innerHTML])),
    })),
  }]));

  const student = (number) => {
    kept.set("me", number);
    for (const [scene, mean] of means) {
      const told = number ? own[scene.dataset.own][langOf(scene)][number - 1] : mean;
      every(".chart", scene).forEach((chart, at) => {
        for (const mark of every(".mark", chart)) mark.innerHTML = told.charts[at].marks[mark.dataset.s];
        for (const line of every(".zero", chart)) for (const end of ["x1", "x2"]) line.setAttribute(end, told.charts[at].zero);
      });
      for (const button of every("[data-setting]", scene)) {
        button.dataset.say = told.say[button.dataset.setting];
        if (button.getAttribute("aria-pressed") === "true") scene.querySelector(".read").textContent = button.dataset.say;
      }
      scene.querySelector(".draws").textContent = told.draws;
    }
    for (const dot of every(".dot")) {
      const mine = dot.dataset.student === number;
      dot.classList.toggle("me", mine);
      if (mine) dot.closest("svg").append(dot.closest(".mark"));
    }
    for (const list of every("[data-mine]")) {
      list.value = number;
      const status = list.closest(".mine").querySelector("[role=status]");
      if (status) status.textContent = list.selectedOptions[0].dataset.say || "";
    }
  };

  // What leaves the page is made here: the sheet to photocopy, the figures for a spreadsheet.
  const save = (name, parts, type) => {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob(parts, { type })), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 2000);
  };
  const asCsv = (article) => {
    const separator = langOf(article) === "fr" ? ";" : ",";
    const quoted = (text) => `"${(/^[=+@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
    const lines = every(".answer table", article).flatMap((table) => [[table.caption.textContent], ...[...table.rows]
      .map((row) => [...row.cells].map((cell) => cell.textContent)), []]);
    const stamp = document.querySelector("main:not([hidden]) footer").textContent;
    return ["\ufeff", [[stamp], ...lines].map((line) => line.map(quoted).join(separator)).join("\r\n"), "\r\n"];
  };

  const counted = (number, answer, more) => {
    const key = `hands:${number}:${answer}`;
    const hands = Math.max(0, Number(kept.get(key) || 0) + more);
    kept.set(key, String(hands));
    for (const article of both(number)) article.querySelector(`[data-count="${answer}"]`).textContent = hands;
  };

  for (const button of every("[data-lang]")) button.addEventListener("click", () => speak(button.dataset.lang));
  for (const button of every("[data-teacher]")) {
    button.addEventListener("click", () => {
      for (const article of every("article")) {
        for (const scene of every(".scene", article)) show(scene, scene.dataset.first, false);
        article.classList.add("voted");
        opened(article.dataset.lesson);
      }
    });
  }
  for (const article of every("article")) {
    const number = article.dataset.lesson;
    const form = article.querySelector("[data-vote]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const answer = new FormData(form).get("vote-" + article.id);
      if (!answer) return;
      kept.set("vote:" + number, answer);
      voted(number, answer);
      article.querySelector("[data-setting]").focus();
    });
    article.querySelector("[data-again]").addEventListener("click", () => again(number));
    const hands = article.querySelector("[data-hands]");
    hands.addEventListener("click", () => {
      hands.setAttribute("aria-pressed", String(article.classList.toggle("count")));
    });
    for (const one of every("[data-more]", article)) {
      counted(number, one.dataset.more, 0);
      one.addEventListener("click", () => counted(number, one.dataset.more, 1));
    }
    for (const one of every("[data-less]", article)) {
      one.addEventListener("click", () => counted(number, one.dataset.less, -1));
    }
    for (const scene of every(".scene", article)) {
      for (const button of every("[data-setting]", scene)) {
        button.addEventListener("click", () => show(scene, button.dataset.setting));
      }
    }
    article.querySelector("[data-open]").addEventListener("click", () => {
      kept.set("open:" + number, "1");
      opened(number);
      article.querySelector(".answer").focus();
    });
    for (const list of every("[data-mine]", article)) list.addEventListener("change", () => student(list.value));
    const sheet = article.querySelector("[data-sheet]");
    sheet.addEventListener("click", () => save(sheet.dataset.sheet, [sheets[number][langOf(article)]], "text/html"));
    const table = article.querySelector("[data-table]");
    table.addEventListener("click", () => save(table.dataset.table, asCsv(article), "text/csv"));
    if (article.lang === "" && kept.get("vote:" + number)) {
      voted(number, kept.get("vote:" + number));
      if (kept.get("open:" + number)) opened(number);
    }
  }
  if (kept.get("me")) student(kept.get("me"));
  if (kept.get("lang")) speak(kept.get("lang"));
})();

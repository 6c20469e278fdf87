// One article: its summary, its events, and beside them the text or the sentence pairs with the evidence marked.

const reader = { article: null };

const facts = (article) => [
  day(article.published),
  article.language.startsWith("tr") ? null : upperFirst(label("languages", article.language)),
].filter(Boolean).join(" · ");

/** Show an article, unless it is shown already. */
function showArticle(article, wanted) {
  if (reader.article !== article) {
    reader.article = article;
    byId("reader").replaceChildren(...(article ? [heading(article), body(article)] : []));
    byId("reader").scrollTop = 0;
  }
  for (const item of byId("reader").querySelectorAll(".event")) {
    item.classList.toggle("unwanted", !wanted.has(article.events[item.dataset.event]));
  }
}

function heading(article) {
  return el("header", {},
    el("a", { class: "back", href: "#haberler" }, "← Haberler"),
    el("h2", { id: "reader-title", tabindex: "-1", lang: article.title && article.language, dir: "auto" }, article.name),
    el("p", { class: "facts" }, facts(article),
      article.page
        ? [" · ", el("a", { href: article.page, target: "_blank", rel: "noopener noreferrer" }, "haberin sayfası")]
        : article.source && [" · ", foreign(article.source)]),
    el("p", { class: "summary", dir: "auto" }, article.summary));
}

function body(article) {
  const known = details(article);
  return el("div", { class: "body" },
    el("section", { class: "events", "aria-labelledby": "events-title" },
      el("h3", { id: "events-title" },
        article.events.length ? `${number(article.events.length)} olay` : "Olay bulunamadı"),
      el("ol", {}, article.events.map(eventItem)),
      rejected(known.rejected),
      origin(known)),
    el("section", { class: "source", "aria-labelledby": "source-title", tabindex: "0" }, source(article, known)));
}

function eventItem(event, place) {
  const row = ([name, lines]) =>
    el("div", {}, el("dt", {}, upperFirst(name)), lines.map((line) => el("dd", {}, foreign(line))));
  const figure = ({ text, measure, link }) =>
    el("dd", {}, el("a", { href: link }, foreign(text)), measure && [" — ", foreign(measure)]);
  const value = (one) => el("dd", {}, one.line
    ? [el("a", { href: one.link }, foreign(one.text)), foreign(one.line.slice(one.text.length))] : foreign(one));
  const own = ([name, values]) => el("div", { class: "own" }, el("dt", {}, foreign(upperFirst(name))), values.map(value));
  return el("li", { class: "event", "data-event": place, id: `event-${place}` },
    el("p", { class: "kind" }, foreign(upperFirst(label("types", event.type))), " ",
      el("span", { class: `status ${statusClass(event)}` }, foreign(label("statuses", event.status)))),
    el("h4", { dir: "auto" }, el("a", { href: event.link }, event.headline)),
    el("dl", {}, event.parts.map(row),
      event.figures.length > 0 && el("div", {}, el("dt", {}, "Rakamlar"), event.figures.map(figure)),
      event.own.map(own)));
}

const STATUSES = ["occurred", "planned", "stated", "targeted", "expected", "postponed", "cancelled", "denied"];
const statusClass = (event) => (STATUSES.includes(event.status) ? event.status : "stated");

/** The numbers of the events that a passage bears out, each a link to its event. */
const references = (article, places) => places.map((place) =>
  el("a", { class: "reference", href: article.events[place].link, "aria-label": `${place + 1}. olay` },
    String(place + 1)));

function source(article, known) {
  const title = (text) => el("h3", { id: "source-title" }, text);
  const language = { lang: article.language, dir: "auto" };
  const parts = [];
  if (known.sentences) {
    const flagged = known.sentences.filter((sentence) => sentence[3].length).length;
    parts.push(title("Özgün metin ve çeviri"),
      flagged > 0 && notice(
        `${number(known.sentences.length)} cümleden ${number(flagged)} tanesinin çevirisi denetimden geçmedi (⚠).`),
      el("table", { class: "pairs" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "No"),
          el("th", { scope: "col" }, `Özgün (${label("languages", article.language)})`),
          el("th", { scope: "col" }, "Türkçe"))),
        el("tbody", {}, known.sentences.map((sentence) => pair(article, sentence)))));
  }
  if (known.passages) {
    const text = el("div", { class: "prose", ...language }, marked(article, known.passages));
    parts.push(known.sentences
      ? el("details", {}, el("summary", {}, "Haberin tam metni"), text)
      : [title("Haberin metni"), text]);
  } else if (!known.sentences) {
    parts.push(title("Dayanak cümleler"), el("div", { class: "prose", ...language }, quotes(article)));
  }
  return parts;
}

function pair(article, [sentence, original, translation, flags]) {
  const places = article.events.flatMap((event, place) =>
    event.evidence.some(([number]) => number === sentence) ? [place] : []);
  const mark = (text) => (places.length ? el("mark", { "data-events": places.join(" ") }, text) : text);
  return el("tr", {},
    el("th", { scope: "row" }, number(sentence)),
    el("td", { lang: article.language, dir: "auto" }, mark(original), references(article, places)),
    el("td", { lang: "tr", dir: "auto" }, translation ? mark(translation) : "(çeviri yok)",
      flags.length > 0 && el("ul", { class: "flags" }, flags.map((flag) => el("li", {}, "⚠ ", foreign(flag, "tr"))))));
}

/** The passages of the full text; behind evidence that ends the numbers of its events; parts can be linked to. */
function marked(article, passages) {
  return passages.map(([text, places, parts], at) => {
    const content = parts.length ? el("b", { "data-parts": parts.join(" ") }, text) : text;
    if (!places.length) return content;
    const next = passages[at + 1]?.[1] || [];
    return [el("mark", { "data-events": places.join(" ") }, content),
      references(article, places.filter((place) => !next.includes(place)))];
  });
}

/** Every evidence sentence once, in the article's order. */
function quotes(article) {
  const found = new Map();
  article.events.forEach((event, place) => event.evidence.forEach(([sentence, quote]) => {
    const key = `${sentence}\n${quote}`;
    if (!found.has(key)) found.set(key, { sentence, quote, places: [] });
    found.get(key).places.push(place);
  }));
  return [...found.values()].sort((one, other) => one.sentence - other.sentence).map(({ quote, places }) =>
    el("p", {}, el("mark", { "data-events": places.join(" ") }, quote), references(article, places)));
}

const rejected = (claims) => claims.length > 0 && el("details", { class: "rejected" },
  el("summary", {}, `Haberin doğrulamadığı ${number(claims.length)} iddia çıkarıldı`),
  el("ul", {}, claims.map(({ path, claim, reason }) => el("li", {},
    el("del", {}, foreign(claim)), el("p", {}, foreign(reason, "tr")), el("code", {}, foreign(path))))));

const origin = (known) => el("footer", { class: "origin" }, foreign(known.origin));

/** Mark an event's evidence, and scroll to it, or to one of the parts that can be linked to. */
function showEvidence(event, place) {
  const has = (name, wanted) => (node) => node.dataset[name].split(" ").includes(wanted);
  const root = byId("reader");
  for (const node of root.querySelectorAll(".current")) node.classList.remove("current");
  for (const node of root.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  if (!event) return;
  const item = byId(`event-${event.place}`);
  item.classList.add("current");
  item.querySelector("a").setAttribute("aria-current", "true");
  item.scrollIntoView({ block: "nearest" });
  const marks = [...root.querySelectorAll("mark")].filter(has("events", String(event.place)));
  for (const mark of marks) mark.classList.add("current");
  const part = event.linked[place];
  const found = part && ([...root.querySelectorAll("[data-parts]")].find(has("parts", `${event.place}-${place}`))
    || marks.find((mark) => mark.textContent.includes(part.text)) || marks[part.evidence]);
  const goal = found || marks[0];
  found?.classList.add("current");
  const fold = goal?.closest("details");
  if (fold) fold.open = true;
  const smooth = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  goal?.scrollIntoView({ block: "center", behavior: smooth ? "smooth" : "auto" });
}

// The digests: an index of all of them, read at once, and each article's details, read when it is opened.

const { labels, articles, failures } = JSON.parse(byId("index").textContent);
const DAY = 86400000;
const time = (iso) => Date.parse(`${iso}T00:00:00Z`);
const events = []; // in the order of time
articles.forEach((article, number) => {
  article.number = number;
  article.name ||= article.title;
  article.events.forEach((event, place) => {
    Object.assign(event, { article, place, link: `#haber-${number}-${place}` });
    // what can be linked to, its number being that of the passage in the text: figures, then parts of own fields
    event.linked = [...event.figures, ...event.own.flatMap(([, values]) => values).filter((value) => value.line)];
    event.linked.forEach((part, at) => (part.link = `${event.link}-${at}`));
    if (event.first) Object.assign(event, { from: time(event.first), to: time(event.last) + DAY });
    events.push(event);
  });
});

const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0); // ISO days; a collator would take long
const byTime = (one, other) =>
  byText(one.first || "9999", other.first || "9999")
  || one.article.number - other.article.number || one.place - other.place;
events.sort(byTime);

const details = (article) => JSON.parse(byId(`article-${article.number}`).textContent);

const collator = new Intl.Collator("tr", { numeric: true });
const byLabel = (one, other) => collator.compare(one, other);
const number = (value) => counts.format(value);
const counts = new Intl.NumberFormat("tr-TR");
const decimals = new Intl.NumberFormat("tr-TR", { maximumFractionDigits: 20 });
const days = new Intl.DateTimeFormat("tr-TR", { dateStyle: "long", timeZone: "UTC" });
const LONGEST = 24;

const label = (choices, id) => (Object.hasOwn(labels[choices], id) ? labels[choices][id] : id);
const country = (code) => label("countries", code);
const upperFirst = (text) => text.slice(0, 1).toLocaleUpperCase("tr") + text.slice(1);
const day = (iso) => (iso ? days.format(new Date(`${iso}T00:00:00Z`)) : "tarihsiz");

/** A figure's value as Turkish writes it; the string is formatted as it is, since a float would round it. */
function amount(figure) {
  const ends = [figure.value, figure.upper].filter((value) => value !== null);
  if (ends.some((value) => value.length > LONGEST)) return figure.text;
  return ends.map((value) => decimals.format(value)).join("–");
}

const UNITS = { percent: "yüzde", permille: "binde", count: "adet" };
const unit = (figure) => (Object.hasOwn(UNITS, figure.unit) ? UNITS[figure.unit] : figure.unit);

/** Text as it is searched: Turkish lower case, then without dots and accents, so that "Iğdır" is found as "igdir". */
const fold = (text) => text.toLocaleLowerCase("tr").replaceAll("ı", "i").normalize("NFD").replace(/\p{M}/gu, "");

const searched = (article) =>
  (article.folded ??= fold([article.name, article.id, article.source, article.summary].join("\n")));

/** Fold what can be searched while nothing else is to be done, so that the first search is as quick as the next. */
function foldAhead(at = 0) {
  const until = performance.now() + 8;
  while (at < events.length && performance.now() < until) searchedEvent(events[at]), searched(events[at++].article);
  if (at < events.length) setTimeout(foldAhead, 0, at);
}

const searchedEvent = (event) =>
  (event.folded ??= fold([
    event.headline,
    ...event.countries.map(country),
    ...event.parts.flatMap(([, lines]) => lines),
    ...event.figures.flatMap((figure) => [figure.text, figure.measure]),
    ...event.own.flatMap(([, values]) => values.map((value) => value.line || value)),
    ...event.evidence.map(([, quote]) => quote),
  ].join("\n")));

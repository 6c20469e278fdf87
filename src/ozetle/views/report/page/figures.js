// The figures of the events in a table that its headings sort.

const order = { column: 0, falls: true };

const figures = events.flatMap((event) => event.linked.filter((part) => part.value !== undefined).map((figure) => ({
  event, figure, size: Number(figure.value),
  told: [event.article.number, event.when, figure.measure, figure.text, event.evidence[figure.evidence]?.[0]].join("\n"),
})));

const COLUMNS = [
  ["Değer", (row) => el("td", { class: "value" }, amount(row.figure)), (one, other) => one.size - other.size],
  ["Birim", (row) => el("td", {}, foreign(unit(row.figure))),
    (one, other) => byLabel(unit(one.figure), unit(other.figure))],
  ["Ölçü", (row) => el("td", {}, foreign(row.figure.measure || "–")),
    (one, other) => byLabel(one.figure.measure || "", other.figure.measure || "")],
  ["Tarih", (row) => el("td", {}, row.event.when || "–"), (one, other) => byTime(one.event, other.event)],
  ["Haberdeki cümle", sentence, (one, other) => byLabel(one.event.article.name, other.event.article.name)],
];

/** All figures by a column; sorted once, since a filter only leaves some of them out. */
const sorted = new Map();
function sortedBy(column, falls) {
  const key = `${column} ${falls}`, compare = COLUMNS[column][2];
  if (!sorted.has(key)) {
    sorted.set(key, [...figures].sort(falls ? (one, other) => compare(other, one) : compare));
  }
  return sorted.get(key);
}

/** Dollars and per cent cannot be compared: values are sorted within their units, the most frequent unit first. */
function byUnits(rows) {
  const units = new Map();
  for (const row of rows) {
    if (!units.has(row.figure.unit)) units.set(row.figure.unit, []);
    units.get(row.figure.unit).push(row);
  }
  return [...units.entries()].sort(([one, rows], [other, others]) => others.length - rows.length || byLabel(one, other))
    .flatMap(([, rows]) => rows);
}

function sentence({ event, figure }) {
  const quote = event.evidence[figure.evidence]?.[1] || event.headline;
  const at = quote.indexOf(figure.text), end = at + figure.text.length;
  return el("td", { class: "sentence" },
    el("a", { href: figure.link, lang: event.article.language, dir: "auto" },
      at < 0 ? quote : [quote.slice(0, at), el("b", {}, figure.text), quote.slice(end)]),
    el("p", { class: "facts" }, foreign(event.article.name)));
}

function showFigures(selected) {
  const told = new Set(); // what two events have of one sentence would be the same row twice
  const wanted = sortedBy(order.column, order.falls).filter((row) =>
    selected.wanted.has(row.event) && !told.has(row.told) && told.add(row.told));
  const rows = order.column === 0 ? byUnits(wanted) : wanted;
  const sort = (column) => {
    Object.assign(order, { column, falls: order.column === column && !order.falls });
    showFigures(selected);
    byId("figures").querySelectorAll("th button")[column].focus();
  };
  const head = ([name], column) => {
    const direction = order.column === column ? (order.falls ? "descending" : "ascending") : null;
    return el("th", { scope: "col", "aria-sort": direction },
      el("button", { type: "button", click: () => sort(column) }, name));
  };
  const row = (shown) => el("tr", {}, COLUMNS.map(([, cell]) => cell(shown)));
  const page = (shown) => table("figures", `${number(rows.length)} rakam`, COLUMNS.map(head), shown.map(row));
  byId("figures").replaceChildren(rows.length ? paged(rows, page, "Rakamlar") : notice("Süzgece uyan rakam yok."));
}

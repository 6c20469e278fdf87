// The figures of the events in a table that its headings sort.

const order = { column: 0, falls: true };

const byValue = (one, other) => Number(one.figure.value) - Number(other.figure.value);

const COLUMNS = [
  ["Değer", (row) => el("td", { class: "value" }, amount(row.figure)), byValue],
  ["Birim", (row) => el("td", {}, foreign(unit(row.figure))),
    (one, other) => byLabel(unit(one.figure), unit(other.figure))],
  ["Ölçü", (row) => el("td", {}, foreign(row.figure.measure || "–")),
    (one, other) => byLabel(one.figure.measure || "", other.figure.measure || "")],
  ["Tarih", (row) => el("td", {}, row.event.when || "–"), (one, other) => byTime(one.event, other.event)],
  ["Haberdeki cümle", sentence, (one, other) => byLabel(one.event.article.name, other.event.article.name)],
];

/** Dollars and per cent cannot be compared: values are sorted within their units, the most frequent unit first. */
function byUnits(rows) {
  const many = new Map();
  for (const { figure } of rows) many.set(figure.unit, (many.get(figure.unit) || 0) + 1);
  return ({ figure: one }, { figure: other }) =>
    many.get(other.unit) - many.get(one.unit) || byLabel(one.unit, other.unit);
}

function sentence({ event, figure, place }) {
  const quote = event.evidence[figure.evidence]?.[1] || event.headline;
  const at = quote.indexOf(figure.text), end = at + figure.text.length;
  return el("td", { class: "sentence" },
    el("a", { href: `${event.link}-${place}`, lang: event.article.language, dir: "auto" },
      at < 0 ? quote : [quote.slice(0, at), el("b", {}, figure.text), quote.slice(end)]),
    el("p", { class: "facts" }, foreign(event.article.name)));
}

function showFigures(selected) {
  const rows = selected.events.flatMap((event) => event.figures.map((figure, place) => ({ event, figure, place })));
  const compare = COLUMNS[order.column][2], sign = order.falls ? -1 : 1;
  const grouped = order.column === 0 ? byUnits(rows) : () => 0;
  rows.sort((one, other) => grouped(one, other) || sign * compare(one, other));
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

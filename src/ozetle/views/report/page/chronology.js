// Events in a table, in the order of time: what the timeline draws, in words.

const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0); // ISO days; a collator would take long

const byTime = (one, other) =>
  byText(one.start || "9999", other.start || "9999")
  || one.article.number - other.article.number || one.place - other.place;

function chronology(found, name) {
  const row = (event) => el("tr", {},
    el("td", {}, event.when || "tarihsiz"),
    el("td", { dir: "auto" }, el("a", { href: event.link }, event.headline)),
    el("td", {}, foreign(label("types", event.type))),
    el("td", {}, el("span", { class: `status ${statusClass(event)}` }, foreign(label("statuses", event.status)))),
    el("td", {}, foreign(event.article.name)));
  const heads = ["Tarih", "Olay", "Tür", "Durum", "Haber"];
  return paged([...found].sort(byTime), (page) => table("chronology", name, heads, page.map(row)), name);
}

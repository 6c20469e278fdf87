// Events in a table, in the order of time, which they have already: what the timeline draws, in words.

function chronology(found, name) {
  const row = (event) => el("tr", {},
    el("td", {}, event.when || "tarihsiz"),
    el("td", { dir: "auto" }, el("a", { href: event.link }, event.headline)),
    el("td", {}, foreign(label("types", event.type))),
    el("td", {}, el("span", { class: `status ${statusClass(event)}` }, foreign(label("statuses", event.status)))),
    el("td", {}, foreign(event.article.name)));
  const heads = ["Tarih", "Olay", "Tür", "Durum", "Haber"];
  return paged(found, (page) => table("chronology", name, heads, page.map(row)), name);
}

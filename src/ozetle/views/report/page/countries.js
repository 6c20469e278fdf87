// Who with whom: in how many events two countries stand together; on the diagonal, in how many a country stands at all.

const MOST = 24;

function showCountries(selected, changed) {
  const together = new Map(), add = (key) => together.set(key, (together.get(key) || 0) + 1);
  for (const { countries } of selected.events) {
    const codes = [...new Set(countries)];
    for (const one of codes) for (const other of codes) add(`${one} ${other}`);
  }
  const total = (code) => together.get(`${code} ${code}`);
  const all = [...new Set(selected.events.flatMap((event) => event.countries))]
    .sort((one, other) => total(other) - total(one) || byLabel(country(one), country(other)));
  const codes = all.slice(0, MOST).sort((one, other) => byLabel(country(one), country(other)));
  const shared = (one, other) => (one !== other && together.get(`${one} ${other}`)) || 0;
  const most = Math.max(1, ...codes.flatMap((one) => codes.map((other) => shared(one, other))));
  const cell = (one, other) => {
    const many = together.get(`${one} ${other}`);
    if (!many) return el("td", {});
    const names = one === other ? country(one) : `${country(one)} – ${country(other)}`;
    const shade = one === other ? "own" : `shade-${Math.ceil((many / most) * 4)}`;
    const title = `${names}: ${number(many)} olay`;
    const click = () => chooseCountries(one === other ? [one] : [one, other], () => {
      location.hash = "#haberler";
      changed();
    });
    return el("td", { class: shade }, el("button", { type: "button", "aria-label": title, title, click }, number(many)));
  };
  const cut = all.length > codes.length &&
    ` En çok geçen ${number(codes.length)} ülke gösteriliyor, toplam ${number(all.length)}.`;
  const caption = `Bir sayıya basınca o olaylar süzülür. Köşegende ülkenin bütün olayları var.${cut || ""}`;
  const heads = codes.map((code) => el("th", { scope: "col" }, el("span", {}, country(code))));
  const row = (one) => el("tr", {}, el("th", { scope: "row" }, country(one)), codes.map((other) => cell(one, other)));
  byId("matrix").replaceChildren(codes.length
    ? table("matrix", caption, [el("td"), ...heads], codes.map(row))
    : notice("Süzgece uyan olaylarda ülke yok."));
}

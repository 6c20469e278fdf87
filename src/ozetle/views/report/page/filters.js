// Which events are wanted. Within types and statuses any choice will do; of countries an event must have them all.

const filters = {
  words: [], types: new Set(), countries: new Set(), statuses: new Set(), from: "", to: "", rejected: false,
};

const filtersEvents = () =>
  filters.types.size || filters.countries.size || filters.statuses.size || filters.from || filters.to;

function isWanted(event) {
  if (filters.types.size && !filters.types.has(event.type)) return false;
  if (filters.statuses.size && !filters.statuses.has(event.status)) return false;
  for (const code of filters.countries) if (!event.countries.includes(code)) return false;
  if ((filters.from || filters.to) && !event.first) return false;
  if (filters.from && event.last < filters.from) return false;
  if (filters.to && event.first > filters.to) return false;
  if (filters.rejected && !event.article.rejected) return false;
  return filters.words.every((word) => searched(event.article).includes(word) || searchedEvent(event).includes(word));
}

/** The wanted events, and the articles that have one; an article without events can still be found by its words. */
function select() {
  const found = events.filter(isWanted);
  const having = new Set(found.map((event) => event.article));
  const isFound = (article) => having.has(article) || (!article.events.length && !filtersEvents() &&
    (!filters.rejected || article.rejected) && filters.words.every((word) => searched(article).includes(word)));
  return { events: found, wanted: new Set(found), articles: articles.filter(isFound) };
}

const CHOICES = [
  ["types", "Tür", (event) => [event.type]],
  ["countries", "Ülke", (event) => event.countries],
  ["statuses", "Durum", (event) => [event.status]],
];

/** Fill the three lists of choices, sorted as Turkish sorts, each with how many events there are. */
function makeFilters(changed) {
  for (const [choices, , of] of CHOICES) {
    const totals = new Map();
    for (const event of events) for (const id of of(event)) totals.set(id, (totals.get(id) || 0) + 1);
    const ids = [...totals.keys()].sort((one, other) => byLabel(label(choices, one), label(choices, other)));
    const box = (id) => el("label", {},
      el("input", { type: "checkbox", value: id, change: ({ target }) => choose(choices, id, target.checked) }),
      el("span", {}, foreign(upperFirst(label(choices, id)))),
      el("span", { class: "total" }, number(totals.get(id))));
    byId(choices).append(el("fieldset", {},
      el("legend", {}, choices === "countries" ? "Seçilenlerin hepsi" : "Seçilenlerden biri"), ids.map(box)));
    byId(choices).hidden = !ids.length;
  }
  const choose = (choices, id, on) => {
    filters[choices][on ? "add" : "delete"](id);
    changed();
  };
  byId("rejected").parentElement.hidden = !articles.some((article) => article.rejected);
  byId("text").addEventListener("input", ({ target }) => {
    filters.words = fold(target.value).split(/\s+/u).filter(Boolean);
    changed();
  });
  for (const id of ["from", "to"]) byId(id).addEventListener("change", ({ target }) => {
    filters[id] = target.value;
    changed();
  });
  byId("rejected").addEventListener("change", ({ target }) => {
    filters.rejected = target.checked;
    changed();
  });
  byId("filters").addEventListener("submit", (happening) => happening.preventDefault());
  byId("filters").addEventListener("reset", () => {
    for (const [choices] of CHOICES) filters[choices].clear();
    Object.assign(filters, { words: [], from: "", to: "", rejected: false });
    changed();
  });
  const open = () => document.querySelectorAll("details.choice[open]");
  document.addEventListener("click", ({ target }) => open().forEach((menu) => {
    if (!menu.contains(target)) menu.open = false;
  }));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && open().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  }));
}

/** Choose exactly these countries, from elsewhere on the page. */
function chooseCountries(codes, changed) {
  filters.countries = new Set(codes);
  for (const input of byId("countries").querySelectorAll("input")) input.checked = filters.countries.has(input.value);
  changed();
}

/** Say beside each list how many of its choices are made. */
function showChoices() {
  for (const [choices, name] of CHOICES) {
    const size = filters[choices].size;
    byId(choices).querySelector("summary").textContent = size ? `${name} (${size})` : name;
    byId(choices).classList.toggle("chosen", size > 0);
  }
}

// What is shown: the address after # names a view, an article, an event, a part of it; the filters say of what.

let selected = select();
let route = { view: "haberler" };

const ORDERS = {
  newest: (one, other) => byText(other.published || "", one.published || ""),
  oldest: (one, other) => byText(one.published || "9999", other.published || "9999"),
  title: (one, other) => byLabel(one.name, other.name),
  events: (one, other) => other.events.length - one.events.length,
};

function showList(current) {
  const sorted = [...selected.articles].sort(ORDERS[byId("order").value]);
  const item = (article) => {
    const wanted = article.events.filter((event) => selected.wanted.has(event)).length;
    const all = article.events.length, many = wanted === all ? number(all) : `${number(wanted)}/${number(all)}`;
    return el("li", {}, el("a", { href: `#haber-${article.number}`, "aria-current": article === current && "true" },
      el("span", { class: "title", lang: article.title ? article.language : null, dir: "auto" }, article.name),
      el("span", { class: "facts" },
        !article.title && article.name !== article.id && [foreign(article.id), " · "], `${facts(article)} · ${many} olay`),
      el("span", { class: "snippet", dir: "auto" }, article.summary)));
  };
  byId("list").replaceChildren(sorted.length
    ? paged(sorted, (page, first) => el("ol", { start: first + 1 }, page.map(item)), "Haberler",
      Math.max(0, sorted.indexOf(current)))
    : notice("Süzgece uyan haber yok."));
  return sorted;
}

function showArticles() {
  const chosen = articles[route.article];
  const sorted = showList(chosen);
  const article = chosen || (selected.articles.includes(reader.article) ? reader.article : sorted[0]) || null;
  byId("view-haberler").classList.toggle("reading", Boolean(chosen));
  byId("reader").hidden = !article;
  showArticle(article, selected.wanted);
  for (const link of byId("list").querySelectorAll("a")) {
    if (article && link.hash === `#haber-${article.number}`) link.setAttribute("aria-current", "true");
  }
}

const VIEWS = {
  haberler: showArticles,
  zaman: () => showTimeline(selected),
  rakamlar: () => showFigures(selected),
  ulkeler: () => showCountries(selected, filtered),
};

/** The filters have changed. */
function filtered() {
  selected = select();
  VIEWS[route.view](); // first, since it may ask how wide it is: anything changed before would be laid out for that
  showChoices();
  byId("count").textContent = `${number(selected.articles.length)} haber, ${number(selected.events.length)} olay`;
}

/** The address has changed. */
function navigate(focus) {
  const [, view, article, event, part] = /^#([a-z]+)(?:-(\d+))?(?:-(\d+))?(?:-(\d+))?$/.exec(location.hash) || [];
  const known = view === "haber" ? "haberler" : view;
  if (location.hash && (!Object.hasOwn(VIEWS, known) || (article && !articles[article]))) return; // no address of ours
  const { view: viewBefore } = route, shownBefore = reader.article;
  route = { view: known || "haberler", article };
  for (const id of Object.keys(VIEWS)) byId(`view-${id}`).hidden = id !== route.view;
  for (const link of document.querySelectorAll(".masthead nav a")) {
    if (link.hash === `#${route.view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  VIEWS[route.view]();
  if (focus && (viewBefore !== route.view || shownBefore !== reader.article)) {
    byId(route.view === "haberler" ? "reader-title" : `${route.view}-title`)?.focus();
  }
  if (article !== undefined) showEvidence(articles[article].events[event], part);
}

function showExtent() {
  const dated = events.filter((event) => event.first);
  const first = dated.reduce((least, event) => (event.first < least ? event.first : least), "9999");
  const last = dated.reduce((most, event) => (event.last > most ? event.last : most), "");
  byId("extent").textContent = `${number(articles.length)} haber, ${number(events.length)} olay` +
    (dated.length ? `, ${first === last ? day(first) : `${day(first)} – ${day(last)}`}` : "");
  byId("failures").replaceChildren(...(failures.length ? [el("details", {},
    el("summary", {}, `${number(failures.length)} haber özetlenemedi`),
    el("ul", {}, failures.map(({ source, kind, message }) =>
      el("li", {}, foreign(source), `: ${kind}. `, foreign(message, "en")))))] : []));
}

/** Light or dark as the system has it, or as chosen; remembered where the browser allows it. */
function makeTheme() {
  const apply = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  const stored = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null; // no storage for pages opened from a file
    }
  };
  byId("theme").value = stored((storage) => storage.getItem("ozetle-theme")) || "";
  apply(byId("theme").value);
  byId("theme").addEventListener("change", ({ target }) => {
    apply(target.value);
    stored((storage) => storage.setItem("ozetle-theme", target.value));
  });
}

makeTheme();
showExtent();
makeFilters(filtered);
byId("order").addEventListener("change", showArticles);
addEventListener("hashchange", () => navigate(true));
addEventListener("click", ({ target }) => {
  if (target.closest?.("a")?.hash && target.closest("a").hash === location.hash) navigate(true); // chosen once more
});
addEventListener("resize", () => route.view === "zaman" && showTimeline(selected));
byId("count").textContent = `${number(selected.articles.length)} haber, ${number(selected.events.length)} olay`;
navigate(false);
foldAhead();

// Events over time in SVG, a lane for each type: a dot for days, a bar for longer stretches. What would fall upon the
// same few pixels becomes one mark, so that ten thousand articles are drawn as quickly as ten.

const LANE = 34, BAR = 9, BARS = 4, TOP = 30, MARGIN = 16, LONGEST_NAME = 26;

/** First and last instant to draw: those of the date filter, else of all but the outermost events if there are many. */
function stretch(dated) {
  const starts = dated.map((event) => event.from), ends = Float64Array.from(dated, (event) => event.to).sort();
  const cut = starts.length > PAGE ? Math.floor(starts.length * 0.02) : 0;
  const first = filters.from ? time(filters.from) : starts[cut];
  const last = filters.to ? time(filters.to) + DAY : ends[ends.length - 1 - cut];
  const space = Math.max((last - first) * 0.02, DAY);
  return [first - space, last + space];
}

const dateFormat = (parts) => new Intl.DateTimeFormat("tr-TR", { ...parts, timeZone: "UTC" });
const years = dateFormat({ year: "numeric" }), months = dateFormat({ month: "short", year: "numeric" });
const shortDays = dateFormat({ day: "numeric", month: "short" });

/** Where to put the ticks, and what to write there: years, months or days, as many as have room. */
function ticks(first, last, width) {
  const most = Math.max(2, Math.floor(width / 90)), found = [];
  const length = (last - first) / DAY / 30.4;
  const from = new Date(first), year = from.getUTCFullYear(), month = from.getUTCMonth();
  if (length > 1.5) {
    const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((size) => length / size <= most) || 12000;
    const start = step >= 12 ? Math.floor(year / (step / 12)) * step : year * 12 + Math.floor(month / step) * step;
    for (let at = start; found.length <= most + 2; at += step) {
      const when = new Date(0);
      when.setUTCFullYear(Math.floor(at / 12), at % 12, 1);
      found.push([when.getTime(), (step >= 12 ? years : months).format(when)]);
    }
  } else {
    const step = Math.max(1, Math.ceil((last - first) / DAY / most)) * DAY;
    for (let at = Math.ceil(first / DAY) * DAY; at < last; at += step) {
      found.push([at, shortDays.format(at)]);
    }
  }
  return found.filter(([at]) => at >= first && at <= last);
}

/** Marks by lane and place: x1, x2, and the events that share them. */
function marksOf(dated, lanes, x, width) {
  const marks = new Map(), CELL = dated.length > 1000 ? 24 : 14;
  for (const event of dated) {
    const from = Math.max(x(event.from), -CELL), to = Math.min(x(event.to), width + CELL);
    if (to < 0 || from > width) continue;
    const snap = (at) => Math.round(at / CELL) * CELL;
    const isLong = to - from > CELL * 1.5;
    const [x1, x2] = isLong ? [Math.max(from, 0), Math.min(to, width)] : [snap((from + to) / 2), null];
    const lane = lanes.indexOf(event.type), key = `${lane} ${Math.round(x1)} ${x2 && Math.round(x2)}`;
    if (!marks.has(key)) marks.set(key, { lane, x1, x2, events: [] });
    marks.get(key).events.push(event);
  }
  const inOrder = (one, other) => one.lane - other.lane || one.x1 - other.x1 || (one.x2 || 0) - (other.x2 || 0);
  return [...marks.values()].sort(inOrder);
}

/** Put bars that overlap below each other, and return how high each lane is. */
function stack(marks, lanes, least) {
  const rows = lanes.map(() => []);
  for (const mark of marks.filter((one) => one.x2 !== null)) {
    const ends = rows[mark.lane], free = ends.findIndex((end) => end + 2 < mark.x1);
    mark.row = free >= 0 ? free : Math.min(ends.length, BARS - 1);
    ends[mark.row] = Math.max(mark.x2, ends[mark.row] || 0);
  }
  const dots = new Set(marks.filter((mark) => mark.x2 === null).map((mark) => mark.lane));
  marks.forEach((mark) => (mark.alone = !dots.has(mark.lane)));
  return rows.map((ends, lane) => Math.max(least, least - LANE + (dots.has(lane) ? LANE : BAR) + ends.length * BAR));
}

function laneName(type) {
  const name = upperFirst(label("types", type));
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

function showTimeline(selected) {
  const box = byId("timeline"), total = box.clientWidth || 900; // read before anything changes: it costs a layout
  const dated = selected.events.filter((event) => event.first);
  const list = (found, name) => byId("chronology").replaceChildren(
    ...(found.length ? [chronology(found, name)] : [notice("Süzgece uyan olay yok.")]));
  list(selected.events, "Tarih sırasıyla olaylar");
  if (!dated.length) return box.replaceChildren();
  const isNarrow = total < 640;
  const side = isNarrow ? 0 : 190, lane = isNarrow ? LANE + 20 : LANE, width = Math.max(total - side - 2 * MARGIN, 200);
  const [first, last] = stretch(dated), x = (at) => ((at - first) / (last - first)) * width;
  const byName = (one, other) => byLabel(label("types", one), label("types", other));
  const lanes = [...new Set(dated.map((event) => event.type))].sort(byName);
  const marks = marksOf(dated, lanes, x, width), heights = stack(marks, lanes, lane);
  const tops = heights.map((_, place) => heights.slice(0, place).reduce((sum, high) => sum + high, TOP));
  const height = heights.reduce((sum, high) => sum + high, TOP) + 8;
  const drawn = marks.reduce((sum, mark) => sum + mark.events.length, 0);
  const y = (mark) => tops[mark.lane] + lane - LANE +
    (mark.x2 === null ? LANE / 2 : (mark.alone ? LANE / 2 - BAR / 2 : LANE - BAR / 2) + mark.row * BAR);
  const choose = (place) => {
    nodes.forEach((node, at) => node.classList.toggle("current", at === place));
    list(marks[place].events, `Seçilen: ${describe(marks[place])}`);
  };
  const describe = (mark) => `${label("types", mark.events[0].type)}, ${mark.events[0].when}` +
    (mark.events.length > 1 ? `: ${number(mark.events.length)} olay` : `: ${mark.events[0].headline}`);
  const draw = (mark, place) => {
    const many = mark.events.length, status = statusClass(mark.events[0]);
    const isMixed = mark.events.some((event) => statusClass(event) !== status);
    const radius = Math.min(5 + Math.sqrt(many - 1) * 1.6, LANE / 2 - 3);
    const shape = mark.x2 === null
      ? svg("circle", { cx: mark.x1, cy: y(mark), r: radius })
      : svg("rect", { x: mark.x1, y: y(mark), width: Math.max(mark.x2 - mark.x1, 4), height: BAR - 3, rx: 3 });
    const node = svg("g", { class: `mark ${isMixed ? "mixed" : status}`, role: "button",
      tabindex: place ? null : "0", "aria-label": describe(mark) }, shape,
    many > 9 && mark.x2 === null && svg("text", { x: mark.x1, y: y(mark) + 3.5 }, many > 99 ? "99+" : String(many)));
    node.place = place;
    return node;
  };
  const at = (happening) => happening.target.closest(".mark")?.place;
  const clicked = (happening) => at(happening) !== undefined && choose(at(happening));
  const pointed = (happening) => {
    const node = nodes[at(happening)];
    if (node && !node.querySelector("title")) node.prepend(svg("title", {}, node.getAttribute("aria-label")));
  };
  const pressed = (happening) => {
    const place = at(happening);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[happening.key];
    const next = step && nodes[place + step];
    if (happening.key === "Enter" || happening.key === " ") choose(place);
    else if (!step) return;
    happening.preventDefault();
    if (!next) return;
    nodes[place].removeAttribute("tabindex");
    next.setAttribute("tabindex", "0");
    next.focus();
  };
  const nodes = marks.map(draw);
  const outside = dated.length - drawn, undated = selected.events.length - dated.length;
  box.replaceChildren(
    svg("svg", { viewBox: `0 0 ${total} ${height}`, width: total, height, role: "group",
      click: clicked, keydown: pressed, pointerover: pointed,
      "aria-label": `Zaman çizelgesi: ${number(drawn)} olay. Ok tuşlarıyla gezilir, Enter ile seçilir.` },
    svg("g", { transform: `translate(${side + MARGIN} 0)` },
      ticks(first, last, width).map(([at, text]) => svg("g", { class: "tick", "aria-hidden": "true" },
        svg("line", { x1: x(at), x2: x(at), y1: TOP - 6, y2: height }),
        svg("text", { x: x(at), y: 14, "text-anchor": "middle" }, text))),
      lanes.map((type, place) => svg("g", { class: "lane", "aria-hidden": "true" },
        svg("line", { x1: -side, x2: width, y1: tops[place], y2: tops[place] }),
        svg("text", { x: isNarrow ? 0 : -side, y: tops[place] + (isNarrow ? 15 : LANE / 2 + 4) }, laneName(type)))),
      nodes)),
    el("p", { class: "legend" },
      STATUSES.filter((id) => Object.hasOwn(labels.statuses, id)).map((id) =>
        el("span", { class: `status ${id}` }, label("statuses", id))),
      nodes.some((node) => node.classList.contains("mixed")) &&
        el("span", { class: "status mixed" }, "birkaç durum bir arada"),
      outside > 0 && el("span", {}, `${number(outside)} olay çizelgenin dışında kalıyor, aşağıdaki listede.`),
      undated > 0 && el("span", {}, `${number(undated)} olayın tarihi bilinmiyor.`)));
}

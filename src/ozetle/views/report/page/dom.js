"use strict";

// Whatever articles and models wrote only ever becomes text nodes and attribute values here, never markup.

function fill(node, attributes, children) {
  for (const name in attributes) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  add(node, children);
  return node;
}

function add(node, child) {
  if (Array.isArray(child)) for (const one of child) add(node, one);
  else if (child !== null && child !== undefined && child !== false) node.append(child);
}

/** An HTML element; functions among the attributes are event listeners. */
const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** An SVG element. */
const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

const byId = (id) => document.getElementById(id);

/** Text of unknown direction and language, kept from reordering what stands around it. */
const foreign = (text, language) => el("bdi", { lang: language }, text);

const notice = (text) => el("p", { class: "notice" }, text);

/** A table that scrolls sideways, by keyboard too, where it is too wide; `heads` are texts or cells. */
function table(name, caption, heads, rows) {
  const head = (cell) => (typeof cell === "string" ? el("th", { scope: "col" }, cell) : cell);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { class: name },
      el("caption", {}, caption), el("thead", {}, el("tr", {}, heads.map(head))), el("tbody", {}, rows)));
}

const PAGE = 50;

/** One page of `items` and, below it, links to the others; `show(items)` makes the node of a page. */
function paged(items, show, what, start = 0) {
  const box = el("div", { class: "paged" });
  const turn = (first, focus) => {
    const last = Math.min(first + PAGE, items.length);
    const button = (label, to) =>
      el("button", { type: "button", disabled: to < 0 || to >= items.length, click: () => turn(to, true) }, label);
    const pager = items.length > PAGE && el("nav", { class: "pager", "aria-label": `${what}: sayfalar` },
      button("Önceki", first - PAGE),
      el("span", { role: "status" }, `${number(first + 1)}–${number(last)} / ${number(items.length)}`),
      button("Sonraki", first + PAGE));
    box.replaceChildren(show(items.slice(first, last), first), ...(pager ? [pager] : []));
    if (!focus) return;
    box.scrollIntoView({ block: "start" });
    box.querySelector("a, button:not(:disabled)")?.focus({ preventScroll: true });
  };
  turn(start - (start % PAGE), false);
  return box;
}

// The page's elements: making them, finding them, changing no more of them than must be.

export const byId = (id) => document.getElementById(id);

/** An element; strings among the children become text nodes. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function drawing(box, path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const line = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** What a node was drawn from. */
export const drawn = new WeakMap();

export function isChange(node, key) {
  if (drawn.get(node) === key) return false;
  drawn.set(node, key);
  return true;
}

/** Leaves the node alone where the text is the same: a selection in it stays. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function showLine(id, text) {
  setText(byId(id), text || "");
  byId(id).hidden = !text;
}

/** Gives the list these children in this order. Moving an element takes the focus from it, so the others move around the focused one. */
export function arrange(list, wanted) {
  const kept = new Set(wanted);
  for (const child of [...list.children]) {
    if (kept.has(child)) continue;
    if (child.contains(document.activeElement)) list.focus();
    child.remove();
  }
  const focused = wanted.find((node) => node.contains(document.activeElement));
  let next = list.firstElementChild;
  for (const node of wanted) {
    while (node === focused && next !== focused) {
      const passed = next;
      next = next.nextElementSibling;
      list.append(passed);
    }
    if (node === next) next = next.nextElementSibling;
    else list.insertBefore(node, next);
  }
}

// A list is one stop of the Tab key; the arrow keys move within it.

const stopsOf = (list) => [...list.querySelectorAll("[data-phone], [data-id]")];

export function keepTabStop(list) {
  if (list.querySelector("[tabindex='0']")) return;
  const stops = stopsOf(list);
  const stop = list.id === "messages" ? stops.at(-1) : stops[0];
  stop?.setAttribute("tabindex", "0");
}

export function moveTabStop(event) {
  const stop = event.target.closest("[data-phone], [data-id]");
  if (!stop) return;
  for (const other of event.currentTarget.querySelectorAll("[tabindex='0']")) other.setAttribute("tabindex", "-1");
  stop.setAttribute("tabindex", "0");
}

export function moveFocus(event) {
  const stops = stopsOf(event.currentTarget);
  const at = stops.indexOf(event.target.closest("[data-phone], [data-id]"));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
  if (to === undefined || !stops[to]) return;
  event.preventDefault();
  stops[to].focus();
}

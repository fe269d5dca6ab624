// Texts, as WhatsApp formats them or with what is invisible made visible, and folded where they are long.

import { element } from "./elements.js";

const FOLD = { characters: 1500, lines: 30 }; // longer texts are folded
const MOST_SIGNS = 2000; // a text with more formatting signs is shown plain: as many elements would hold the browser up for seconds

export const grouped = new Intl.NumberFormat("en");

/** A box with the text, and below it a button that unfolds it where it is long. */
export function foldable(text, write, kind) {
  const box = element("div", { class: kind, dir: kind === "raw" ? "ltr" : "auto" });
  const all = text.replace(/\r\n?/g, "\n");
  const short = folded(all);
  write(box, short);
  if (short.length === all.length) return [box];
  const label = `Show all (${grouped.format(all.length)} characters)`;
  const button = element("button", { type: "button", class: "unfold", "aria-expanded": "false" }, label);
  box.append("…");
  button.addEventListener("click", () => {
    const isWhole = button.getAttribute("aria-expanded") === "true";
    box.replaceChildren();
    write(box, isWhole ? short : all);
    if (isWhole) box.append("…");
    button.setAttribute("aria-expanded", String(!isWhole));
    button.textContent = isWhole ? label : "Show less";
    button.dispatchEvent(new Event("unfold", { bubbles: true }));
  });
  return [box, button];
}

function folded(text) {
  let end = -1;
  for (let lines = 0; lines < FOLD.lines; lines++) {
    end = text.indexOf("\n", end + 1);
    if (end < 0) return beginning(text, FOLD.characters);
  }
  return beginning(text, Math.min(end, FOLD.characters));
}

/** The first characters, without half a surrogate pair at the end. */
export function beginning(text, length) {
  if (text.length <= length) return text;
  const isPair = (text.charCodeAt(length - 1) & 0xfc00) === 0xd800;
  return text.slice(0, isPair ? length - 1 : length);
}

/** Writes text with its invisible characters made visible: they are often why a message is refused. */
export function writeMarked(parent, text) {
  // Control and direction characters, and zero-width ones; not the joiners, which emoji and some scripts need.
  const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
  let from = 0;
  for (const { 0: character, index } of text.matchAll(invisible)) {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    parent.append(text.slice(from, index), element("span", { class: "invisible" }, `U+${code}`));
    from = index + 1;
  }
  parent.append(text.slice(from));
}

/** Writes text as WhatsApp formats it. Each character is looked at a fixed number of times, whatever the text is. */
export function writeFormatted(parent, text) {
  if ((text.match(/[*_~`]|http/g) ?? []).length > MOST_SIGNS) return parent.append(text);
  let from = 0;
  for (;;) {
    const open = text.indexOf("```", from);
    const close = open < 0 ? -1 : text.indexOf("```", open + 3);
    if (close < 0) return writeLines(parent, text.slice(from));
    const inside = text.slice(open + 3, close);
    if (inside.trim() === "") {
      writeLines(parent, text.slice(from, open + 3));
      from = open + 3;
    } else {
      writeLines(parent, text.slice(from, open));
      parent.append(element("code", {}, inside));
      from = close + 3;
    }
  }
}

function writeLines(parent, text) {
  text.split("\n").forEach((line, index) => {
    if (index) parent.append("\n");
    writeLine(parent, line);
  });
}

const FORMATS = new Map([["*", "strong"], ["_", "em"], ["~", "s"]]);

function writeLine(parent, line) {
  const links = linksIn(line);
  const signs = pairsIn(line, links);
  let from = 0;
  const writeUpTo = (end) => {
    if (end > from) parent.append(line.slice(from, end));
    from = end;
  };
  for (const [at, event] of [...signs, ...links].sort(([a], [b]) => a - b)) {
    writeUpTo(at);
    if (event.end) { // a link: shown, but it leads nowhere
      parent.append(element("span", { class: "link" }, line.slice(at, event.end)));
      from = event.end;
    } else {
      if (event.opens) parent.append((parent = element(event.opens)));
      else parent = parent.parentNode;
      from = at + 1;
    }
  }
  writeUpTo(line.length);
}

/** Where addresses stand: [start, {end}]. A full stop at the end belongs to the sentence, and so does the sign of a format around it. */
function linksIn(line) {
  const links = [];
  const address = /https?:\/\/[^\s<>"]+/gi;
  for (let found; (found = address.exec(line)); ) {
    const around = line[found.index - 1];
    let end = address.lastIndex;
    while (".,;:!?)]'".includes(line[end - 1]) || (FORMATS.has(around) && around === line[end - 1])) end--;
    if (end - found.index > "https://".length) links.push([found.index, { end }]);
  }
  return links;
}

/**
 * Where formats begin and end: [position, {opens: tag}] and [position, {}], properly nested.
 * As in WhatsApp a sign counts only at the edge of a word, so that snake_case_names stay as they are.
 */
function pairsIn(line, links) {
  const signs = [];
  const open = []; // at most one of each kind, so looking for one costs the same however long the line is
  let link = 0;
  for (let at = 0; at < line.length; at++) {
    while (link < links.length && links[link][1].end <= at) link++;
    if (link < links.length && links[link][0] <= at) continue;
    const sign = line[at];
    if (!FORMATS.has(sign)) continue;
    const before = line[at - 1] ?? " ";
    const after = line[at + 1] ?? " ";
    const opened = open.findIndex((one) => one.sign === sign);
    if (opened < 0 && !isBlank(after) && after !== sign && !isWord(before)) {
      open.push({ sign, at });
    } else if (opened >= 0 && !isBlank(before) && before !== sign && !isWord(after)) {
      signs.push([open[opened].at, { opens: FORMATS.get(sign) }], [at, {}]);
      open.length = opened; // what opened inside and did not close is plain text
    }
  }
  return signs;
}

const isBlank = (character) => /\s/.test(character);
const isWord = (character) => /[\p{L}\p{N}]/u.test(character);

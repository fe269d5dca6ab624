// The raw request of a message, and its answer.

import { element } from "./elements.js";
import { foldable, writeMarked } from "./text.js";

const DEEPEST = 40; // deeper JSON is not indented: the blanks alone would be megabytes

export function requestPart(request) {
  if (!request) return [element("h3", {}, "Request"), element("p", { class: "line" }, "No longer kept.")];
  return [
    element("h3", {}, "Request"),
    ...foldable(`${request.method} ${request.url}`, writeMarked, "raw"),
    ...headersPart(request.headers), ...bodyPart(request.body)];
}

export function answerPart(answer) {
  if (!answer) return [element("h3", {}, "Answer"), element("p", { class: "line" }, "Not given yet, or no longer kept.")];
  return [
    element("h3", {}, "Answer"),
    element("p", { class: "line" }, `HTTP status ${answer.status}`),
    ...(answer.fault ? [element("p", { class: "line warning" }, `Fault: ${answer.fault}`)] : []),
    ...headersPart(answer.headers), ...bodyPart(answer.body)];
}

function headersPart(headers) {
  if (!headers?.length) return [];
  const text = headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
  return [element("h4", {}, "Headers"), ...foldable(text, writeMarked, "raw")];
}

function bodyPart(body) {
  const content = body ? foldable(indented(body), writeMarked, "raw") : [element("p", { class: "line" }, "None")];
  return [element("h4", {}, "Body"), ...content];
}

/** Indents JSON by its own characters: parsed and written again, a number of 60 digits would be another one. */
function indented(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const parts = [];
  let depth = 0;
  const newLine = () => parts.push("\n", "  ".repeat(depth));
  // Strings, the signs between values, and all else that is not blank: numbers, true, false, null.
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const isClosing = token === "}" || token === "]";
    if (isClosing) depth--;
    const follows = parts.at(-1);
    if (isClosing ? follows !== "{" && follows !== "[" : follows === "{" || follows === "[" || follows === ",") newLine();
    if (token === "{" || token === "[") depth++;
    if (depth > DEEPEST) return text;
    parts.push(token === ":" ? ": " : token);
  }
  return parts.join("");
}

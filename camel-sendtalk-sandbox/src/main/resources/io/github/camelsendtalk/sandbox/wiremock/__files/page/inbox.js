// The sandbox's inbox: asks the sandbox each second and shows what was "sent".
//
// Whatever comes from a message reaches the page as a text node or an attribute's value, never as markup.
// So no message can be script, and no escaping can be forgotten.

import {
  arrange, byId, drawn, element, isChange, keepTabStop, moveFocus, moveTabStop, setText, showLine,
} from "./elements.js";
import { answerPart, requestPart } from "./exchange.js";
import { contentOf, day, dayAndTime, priceOf, tick, timeOf, timeText } from "./message.js";
import { beginning, grouped } from "./text.js";

const PAGE = 100; // messages that "Show older" adds
const MOST = 300; // bubbles at once: a long conversation must not slow the page
const EACH = 1000; // milliseconds between two polls
const SLOWEST = 10_000; // the same while the sandbox is gone
const PATIENCE = 15_000; // for one answer
const SILENCE = 5000; // between two announcements to a screen reader

/** What the reader chose; phone, refused and message stand in the location's hash. */
let chosen = { phone: null, refused: false, message: null };
let search = "";

/**
 * Which part of the conversation is shown: the newest `limit` that are older than `before` (null: the newest of all).
 * Replaced, not changed, so that an answer to an older question is recognised.
 */
let view = newestView();

const bubbles = new Map(); // id -> bubble, of the conversation that is shown
const conversations = new Map(); // phone -> its item in the list
let atBottom = true; // whether the reader was at the bottom when last looked: then new messages scroll into view
let unseen = 0; // new bubbles below what the reader sees
let detailsShown = null; // what GET messages/{id} said last

function start() {
  for (const place of document.querySelectorAll(".origin")) place.textContent = location.origin;
  for (const place of document.querySelectorAll(".properties")) {
    place.textContent = `camel.component.sendtalk.base-url=${location.origin}\ncamel.component.sendtalk.api-key=anything`;
  }
  byId("curl").textContent = `curl ${location.origin}/api/v1/message/send_whatsapp \\
  -H 'API-Key: anything' -H 'Content-Type: application/json' \\
  -d '{"phone": "6281212345678", "messageType": "text", "body": "Hello"}'`;
  listenToWindow();
  listenToBar();
  listenToConversations();
  listenToMessages();
  followLocation();
  keepUpToDate();
}

// ---------------------------------------------------------------- asking the sandbox

/** The sandbox did not answer, or not as promised; the message is for the banner. */
class NoAnswer extends Error {
  constructor(message, status = null) {
    super(message);
    this.status = status;
  }
}

let running = new AbortController(); // ends the request under way
let wake = () => {}; // ends the pause
let outdated = false; // the reader chose something else meanwhile

/** Polls one request at a time, for as long as the page is open. */
async function keepUpToDate() {
  for (let failures = 0; ; ) {
    outdated = false;
    running = new AbortController();
    try {
      await refresh();
      failures = 0;
      showLine("banner", "");
    } catch (problem) {
      if (!(problem instanceof NoAnswer)) console.error(problem);
      if (outdated) continue; // we ended the request ourselves
      failures++;
      showLine("banner", problem instanceof NoAnswer ? problem.message : "This page failed; the browser's console says more");
    }
    if (!outdated) await pause(Math.min(EACH * 2 ** failures, SLOWEST));
    while (document.hidden) await new Promise((resolve) => (wake = resolve));
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

function refreshNow() {
  outdated = true;
  running.abort();
  wake();
}

/** The conversation first: it is what the reader waits for. */
async function refresh() {
  if (isOpen()) await refreshMessages();
  if (chosen.message) await refreshDetails();
  showConversations(await ask("conversations", { search, limit: PAGE }));
}

async function refreshMessages() {
  const asked = view;
  const parameters = {
    phone: chosen.phone,
    refused: chosen.refused || null,
    search,
    before: asked.before,
    // One more than shown tells whether there are older ones; a reader further up must not lose what is there when more arrive.
    limit: asked.limit + (keepsPlace() ? PAGE : 1),
  };
  try {
    const answer = await ask("messages", parameters);
    if (asked === view) showMessages(answer);
  } catch (problem) {
    if (!(problem.status >= 400 && problem.status < 500 && asked.before)) throw problem;
    showNewest(); // the sandbox forgot the message that we counted from
  }
}

async function refreshDetails() {
  const id = chosen.message;
  const isComplete = detailsShown?.isGone || (detailsShown?.request && detailsShown.answer);
  if (detailsShown?.id === id && isComplete) return;
  try {
    const message = await ask(`messages/${encodeURIComponent(id)}`);
    if (id === chosen.message) showDetails(message);
  } catch (problem) {
    if (problem.status !== 404) throw problem;
    if (id === chosen.message) showDetails({ id, isGone: true });
  }
}

async function ask(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null);
  const url = `/_sandbox/${path}${given.length ? "?" + new URLSearchParams(given) : ""}`;
  const signal = AbortSignal.any([running.signal, AbortSignal.timeout(PATIENCE)]);
  let response;
  try {
    response = await fetch(url, { signal, cache: "no-store" });
    if (response.ok) return await response.json();
  } catch {
    throw new NoAnswer("The sandbox does not answer");
  }
  throw new NoAnswer(`The sandbox answered with HTTP status ${response.status}`, response.status);
}

// ---------------------------------------------------------------- where the reader is

function listenToWindow() {
  addEventListener("popstate", followLocation);
  addEventListener("hashchange", followLocation);
  document.addEventListener("visibilitychange", () => wake());
  document.addEventListener("click", followLink);
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.target.closest("input")) return;
    if (event.key === "Escape" && chosen.message) closeDetails();
    if (event.key === "/") {
      event.preventDefault();
      if (isNarrow()) goTo("#"); // there the search box stands above the list only
      byId("search").focus();
    }
  });
}

/** Our own links get a history entry that knows what is beneath it; others are left to the browser. */
function followLink(event) {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  goTo(link.getAttribute("href"));
}

function goTo(hash) {
  if (hash !== (location.hash || "#")) history.pushState({ beneath: location.hash || "#" }, "", hash);
  followLocation();
}

/** Goes back where `hash` is beneath, so that the browser's own "back" doesn't lead in circles. */
function goBack(hash) {
  if (history.state?.beneath === hash) return history.back();
  history.replaceState(null, "", hash);
  followLocation();
}

function hashOf({ phone, refused, message }) {
  const parts = new URLSearchParams();
  if (refused) parts.set("refused", "");
  if (phone !== null) parts.set("phone", phone);
  if (message) parts.set("message", message);
  return "#" + parts.toString().replace("refused=", "refused");
}

const chosenHash = () => hashOf({ ...chosen, message: null });
const isOpen = () => chosen.refused || chosen.phone !== null;
const isNarrow = () => matchMedia("(max-width: 45rem)").matches;

function followLocation() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const before = chosen;
  chosen = { phone: parts.get("phone"), refused: parts.has("refused"), message: parts.get("message") };
  if (chosen.refused) chosen.phone = null;
  const isOther = chosen.phone !== before.phone || chosen.refused !== before.refused;
  if (isOther) openConversation();
  document.body.dataset.pane = chosen.message ? "details" : isOpen() ? "messages" : "list";
  if (isOther && isNarrow()) focusPane(before);
  if (chosen.message !== before.message) openDetails(before.message); // after the pane shows: what is hidden takes no focus
  markChosen();
  if (hashOf(chosen) !== hashOf(before)) refreshNow();
}

/** Where one pane shows at a time, the focus must not stay in the one that went. */
function focusPane(before) {
  if (isOpen()) byId("back").focus();
  else if (before.refused) byId("refused").focus();
  else conversations.get(before.phone)?.firstElementChild.focus();
}

function markChosen() {
  for (const [phone, item] of conversations) mark(item.firstElementChild, phone === chosen.phone, "page");
  for (const [id, bubble] of bubbles) mark(bubble, id === chosen.message, "true");
  mark(byId("refused"), chosen.refused, "page");
}

function mark(node, isCurrent, value) {
  if (isCurrent) node.setAttribute("aria-current", value);
  else node.removeAttribute("aria-current");
}

// ---------------------------------------------------------------- search, clear, recipients

function listenToBar() {
  let typing;
  byId("search").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(searchNow, 250);
  });
  byId("clear").addEventListener("click", () => byId("clear-dialog").showModal());
  byId("cancel-clear").addEventListener("click", () => byId("clear-dialog").close());
  byId("confirm-clear").addEventListener("click", clearAll);
  byId("recipients").addEventListener("click", showRecipients);
  byId("close-recipients").addEventListener("click", () => byId("recipients-dialog").close());
}

function searchNow() {
  const text = byId("search").value.trim();
  if (text === search) return;
  search = text;
  openConversation();
  refreshNow();
}

async function clearAll() {
  byId("clear-dialog").close();
  try {
    const response = await fetch("/_sandbox/messages", { method: "DELETE" });
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    goTo("#");
  } catch (problem) {
    showLine("banner", `Not cleared: ${problem.message}`);
  }
  refreshNow();
}

async function showRecipients() {
  const place = byId("recipients-table");
  byId("recipients-dialog").showModal();
  try {
    const response = await fetch("/_sandbox/recipients");
    const { recipients } = await response.json();
    place.replaceChildren(recipientsTable(recipients));
  } catch {
    place.replaceChildren("The sandbox does not answer");
  }
}

function recipientsTable(recipients) {
  const columns = ["Ends in", "What happens", "Accepted", "Exception in Camel"];
  const head = element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name)));
  const rows = recipients.map((recipient) => element("tr", {},
    element("th", { scope: "row" }, recipient.ending),
    element("td", {}, recipient.answer),
    element("td", {}, recipient.accepted ? "yes" : "no"),
    element("td", {}, recipient.exception ? element("code", {}, recipient.exception) : "none")));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}

// ---------------------------------------------------------------- the list of conversations

let counted = null; // messages at the last poll
let announced = 0; // when the reader's screen reader was told last
let toAnnounce = 0;

function listenToConversations() {
  byId("conversations").addEventListener("keydown", moveFocus);
  byId("conversations").addEventListener("focusin", moveTabStop);
}

function showConversations(answer) {
  const list = byId("conversations");
  const phones = new Set(answer.conversations.map((conversation) => conversation.phone));
  for (const phone of conversations.keys()) if (!phones.has(phone)) conversations.delete(phone);
  arrange(list, answer.conversations.map((conversation) => conversationItem(conversation, answer.now)));
  keepTabStop(list);
  showLine("list-note", listNote(answer));
  showLine("forgotten", answer.forgotten > 0
    && `The sandbox keeps the newest ${grouped.format(answer.capacity)}; ${grouped.format(answer.forgotten)} older ones are gone.`);
  setText(byId("refused"), `Refused (${grouped.format(answer.refused)})`);
  document.title = (answer.messages ? `(${grouped.format(answer.messages)}) ` : "") + "SendTalk sandbox";
  showHelp(answer.messages + answer.refused === 0);
  announce(answer.messages);
}

function listNote({ conversations: shown, total, messages, refused }) {
  if (total > shown.length) return `… and ${grouped.format(total - shown.length)} more: search`;
  if (shown.length) return "";
  if (search) return `Nothing matches “${search}”.`;
  return messages + refused ? "Nothing with a recipient yet." : "No conversations yet.";
}

/** One of: the conversation, the hint how to send, the hint to choose. */
function showHelp(nothingSent) {
  document.body.toggleAttribute("data-empty", nothingSent && !isOpen());
  byId("empty").hidden = isOpen() || !nothingSent;
  byId("choose").hidden = isOpen() || nothingSent;
  byId("chat").hidden = !isOpen();
}

/** Tells a screen reader how many are new, and not each second. */
function announce(messages) {
  if (counted !== null && messages > counted) toAnnounce += messages - counted;
  counted = messages;
  if (!toAnnounce || Date.now() - announced < SILENCE) return;
  setText(byId("news"), toAnnounce === 1 ? "1 new message" : `${grouped.format(toAnnounce)} new messages`);
  announced = Date.now();
  toAnnounce = 0;
}

function conversationItem(conversation, now) {
  const { phone, count, last } = conversation;
  const item = conversations.get(phone) ?? newConversationItem(phone);
  conversations.set(phone, item);
  const key = JSON.stringify([count, last?.id, last?.status, timeText(last?.createdTime, now, day)]);
  if (!isChange(item, key)) return item;
  const link = item.firstElementChild;
  mark(link, phone === chosen.phone, "page");
  const refused = last?.refused ? element("span", { class: "warning" }, "Refused: ") : "";
  link.querySelector(".when").replaceChildren(...(last ? [timeOf(last.createdTime, now, day)] : []));
  link.querySelector(".preview").replaceChildren(
    ...(last?.status ? [tick(last)] : []), element("bdi", {}, refused, preview(last)));
  link.querySelector(".count").replaceChildren(
    grouped.format(count), element("span", { class: "for-readers" }, count === 1 ? " message" : " messages"));
  return item;
}

function newConversationItem(phone) {
  return element("li", {}, element("a", { href: hashOf({ phone }), "data-phone": phone, class: "entry", tabindex: "-1" },
    element("bdi", { class: "phone", title: nameOf(phone) }, nameOf(phone)),
    element("span", { class: "when" }),
    element("span", { class: "preview" }),
    element("span", { class: "count" })));
}

/** A recipient can be any text; a blank one is quoted, so that it can be seen. */
function nameOf(phone) {
  return phone.trim() === "" ? `“${beginning(phone, 200)}”` : beginning(phone, 200);
}

function preview(entry) {
  if (!entry) return "";
  const text = entry.refused ?? (entry.messageType === "image" ? `Image: ${entry.caption || entry.filename || ""}` : entry.body);
  return beginning(text ?? "", 120).replace(/\s+/g, " ");
}

// ---------------------------------------------------------------- one conversation

function newestView() {
  return { before: null, limit: PAGE, grows: false };
}

function listenToMessages() {
  const list = byId("messages");
  const scroll = byId("scroll");
  byId("back").addEventListener("click", () => goBack("#"));
  byId("older").addEventListener("click", showOlder);
  byId("newest").addEventListener("click", showNewest);
  byId("close-details").addEventListener("click", closeDetails);
  scroll.addEventListener("scroll", lookWhereReaderIs, { passive: true });
  new ResizeObserver(() => atBottom && scrollToBottom()).observe(scroll);
  list.addEventListener("keydown", moveFocus);
  list.addEventListener("focusin", moveTabStop);
  list.addEventListener("unfold", lookWhereReaderIs); // who unfolds a long text wants to read it from its start
  list.addEventListener("load", () => atBottom && scrollToBottom(), true); // an image, which takes its place now
  list.addEventListener("click", (event) => {
    const onControl = event.target.closest("a, button:not(.info)");
    if (!onControl && getSelection().isCollapsed) chooseMessage(event.target.closest("[data-id]"));
  });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-id]")) chooseMessage(event.target);
  });
}

function openConversation() {
  view = newestView();
  bubbles.clear();
  byId("messages").replaceChildren();
  const name = chosen.refused ? "Refused requests" : nameOf(chosen.phone ?? "");
  byId("chat-title").replaceChildren(element("bdi", {}, name));
  byId("chat-title").title = name;
  setText(byId("chat-count"), "");
  showLine("chat-note", "");
  byId("older").hidden = true;
  byId("chat").hidden = !isOpen();
  if (isOpen()) byId("empty").hidden = byId("choose").hidden = true;
  atBottom = true;
  unseen = 0;
  showNewestButton();
}

/** More at the top; beyond the bound the newest leave the page, until "Newest messages" brings them back. */
function showOlder() {
  const shown = [...bubbles.keys()];
  view = { ...view, limit: shown.length + PAGE, grows: true };
  if (view.limit > MOST) {
    view.before = shown[shown.length - (view.limit - MOST)] ?? view.before;
    view.limit = MOST;
  }
  atBottom = false;
  refreshNow();
}

function showNewest() {
  view = newestView();
  atBottom = true;
  unseen = 0;
  scrollToBottom();
  refreshNow();
}

/** The reader is further up: nothing that is shown may go. */
function keepsPlace() {
  return view.before === null && !atBottom && !view.grows && bubbles.size > 0;
}

function showMessages({ messages, total, now }) {
  if (view.before !== null && messages.length === 0) return showNewest(); // what we counted from is gone
  const first = keepsPlace() ? firstThatIsStillShown(messages) : Math.max(0, messages.length - view.limit);
  if (first < 0) return leaveTheNewestOut();
  const shown = messages.slice(first, first + MOST);
  const cutOff = messages[first + MOST];
  const place = placeOfReader(shown);
  const added = showBubbles(shown, now);
  byId("older").hidden = first === 0;
  showLine("chat-note", shown.length === 0 && (search ? `Nothing here matches “${search}”.` : "Nothing here."));
  keepPlace(place);
  view = { before: cutOff ? cutOff.id : view.before, limit: atBottom ? PAGE : Math.max(PAGE, shown.length), grows: false };
  unseen = atBottom ? 0 : unseen + added;
  if (view.before === null) setText(byId("chat-count"), countText(total));
  showNewestButton();
}

function firstThatIsStillShown(messages) {
  return messages.length ? messages.findIndex((message) => bubbles.has(message.id)) : 0;
}

/** So many came at once that the answer doesn't reach back to what is shown: stay there, and offer the newest. */
function leaveTheNewestOut() {
  const shown = [...bubbles.keys()];
  view = { before: shown.at(-1), limit: Math.max(1, shown.length - 1), grows: false };
  showNewestButton();
}

function countText(total) {
  const what = chosen.refused ? ["request", "requests"] : ["message", "messages"];
  return `${grouped.format(total)} ${search ? "matching " : ""}${what[total === 1 ? 0 : 1]}`;
}

/** Shows these bubbles and no others, moves no more than it must; returns how many are new at the end. */
function showBubbles(messages, now) {
  const list = byId("messages");
  const known = new Set(bubbles.keys());
  const wanted = messages.map((message) => bubbleOf(message, now));
  const ids = new Set(messages.map((message) => message.id));
  for (const id of known) if (!ids.has(id)) bubbles.delete(id);
  arrange(list, wanted);
  sortBubbles(messages);
  keepTabStop(list);
  const last = messages.findLastIndex((message) => known.has(message.id));
  return known.size ? messages.length - 1 - last : 0;
}

/** A map keeps the order of insertion, and others read it as the order on the page. */
function sortBubbles(messages) {
  for (const { id } of messages) {
    const bubble = bubbles.get(id);
    bubbles.delete(id);
    bubbles.set(id, bubble);
  }
}

/** The first bubble in sight that stays, and where it is. */
function placeOfReader(messages) {
  if (atBottom) return null;
  const staying = new Set(messages.map((message) => message.id));
  const edge = byId("scroll").getBoundingClientRect().top;
  for (const [id, bubble] of bubbles) {
    const { top, bottom } = bubble.getBoundingClientRect();
    if (bottom > edge && staying.has(id)) return { bubble, top };
  }
  return null;
}

function keepPlace(place) {
  if (atBottom) scrollToBottom();
  else if (place) byId("scroll").scrollTop += place.bubble.getBoundingClientRect().top - place.top;
}

function lookWhereReaderIs() {
  const scroll = byId("scroll");
  if (!scroll.clientHeight) return; // hidden in a narrow window
  atBottom = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40;
  if (atBottom) unseen = 0;
  showNewestButton();
}

function scrollToBottom() {
  byId("scroll").scrollTop = byId("scroll").scrollHeight;
}

function showNewestButton() {
  const button = byId("newest");
  button.hidden = view.before === null && unseen === 0;
  setText(button, unseen && view.before === null ? `${unseen} new ${unseen === 1 ? "message" : "messages"} ↓` : "Newest messages ↓");
}

// ---------------------------------------------------------------- one bubble

function bubbleOf(entry, now) {
  const bubble = bubbles.get(entry.id) ?? newBubble(entry);
  bubbles.set(entry.id, bubble);
  const key = JSON.stringify([entry.status, entry.sentTime, entry.price, entry.note, timeText(entry.createdTime, now, dayAndTime)]);
  if (!isChange(bubble, key)) return bubble;
  // Only this line changes with time: the text above stays as it is, with a selection in it or an opened image.
  bubble.querySelector(".changing").replaceChildren(
    ...(entry.note ? [element("span", { class: "note warning" }, entry.note)] : []),
    element("span", { class: "type" }, beginning(entry.messageType ?? "no type", 40)),
    timeOf(entry.createdTime, now, dayAndTime),
    ...(entry.isSent && entry.price !== undefined ? [element("span", { class: "price" }, priceOf(entry))] : []),
    ...(entry.status ? [tick(entry)] : []));
  return bubble;
}

function newBubble(entry) {
  const bubble = element("li", { "data-id": entry.id, class: "bubble", tabindex: "-1", "aria-keyshortcuts": "Enter" });
  if (entry.refused !== undefined) {
    bubble.dataset.refused = entry.refused;
    bubble.append(element("p", { class: "refusal" }, element("b", {}, "Refused: "), element("bdi", {}, entry.refused)));
  }
  if (chosen.refused) bubble.append(recipientOf(entry));
  bubble.append(...contentOf(entry));
  bubble.append(element("p", { class: "meta" },
    element("span", { class: "changing" }),
    element("button", { type: "button", class: "info", tabindex: "-1", title: "Request and answer" }, "Details")));
  mark(bubble, entry.id === chosen.message, "true");
  return bubble;
}

function recipientOf({ phone }) {
  if (phone === undefined) return element("p", { class: "to" }, "No recipient");
  return element("p", { class: "to" }, "To ", element("a", { href: hashOf({ phone }) }, element("bdi", {}, nameOf(phone))));
}

// ---------------------------------------------------------------- request and answer

function chooseMessage(bubble) {
  if (!bubble) return;
  const hash = hashOf({ ...chosen, message: bubble.dataset.id });
  if (!chosen.message) return goTo(hash);
  history.replaceState(history.state, "", hash); // one step back closes the panel, however many were looked at
  followLocation();
}

function closeDetails() {
  goBack(chosenHash());
}

function openDetails(messageBefore) {
  const details = byId("details");
  detailsShown = null;
  details.hidden = !chosen.message;
  byId("details-text").replaceChildren();
  drawn.delete(byId("details-text"));
  if (chosen.message) details.focus();
  else bubbles.get(messageBefore)?.focus();
}

function showDetails(message) {
  const { request, answer, isGone } = message;
  detailsShown = message;
  if (!isChange(byId("details-text"), JSON.stringify([message.id, request, answer]))) return;
  byId("details-text").replaceChildren(...(isGone
    ? [element("p", { class: "line" }, "The sandbox no longer knows this message.")]
    : [...requestPart(request), ...answerPart(answer)]));
}

start(); // last, when all that it uses is there

// What a bubble shows of a message: its content, its time, its status, its price.

import { drawing, element } from "./elements.js";
import { beginning, foldable, grouped, writeFormatted } from "./text.js";

const clockTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
export const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
export const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

export function contentOf({ messageType, body, filename, caption }) {
  if (messageType === "image") return imageContent(body, filename, caption);
  const content = body ? foldable(body, writeFormatted, "text") : [element("p", { class: "nothing" }, "No text")];
  if (messageType === "otp") content.unshift(element("p", { class: "label" }, "Code"));
  if (messageType === "otp" && body?.length <= 12) content[1].classList.add("code");
  return content;
}

/** The image itself is loaded when asked for only: its address is somebody else's server. */
function imageContent(body, filename, caption) {
  const address = webAddress(body);
  const picture = element("div", { class: "picture" });
  if (address) picture.append(imageSwitch(address, caption || filename || "Image"));
  else picture.append(element("p", { class: "warning" }, "No image: the address is not http or https"));
  return [
    picture,
    element("p", { class: "address" }, element("bdi", {}, beginning(body ?? "No address", 2000))),
    ...(filename === undefined ? [] : [element("p", { class: "filename" }, element("bdi", {}, beginning(filename, 300)))]),
    ...(caption === undefined ? [] : foldable(caption, writeFormatted, "text")),
  ];
}

function webAddress(text) {
  try {
    const { protocol, href } = new URL(text);
    return protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}

function imageSwitch(address, alternative) {
  const button = element("button", { type: "button", "aria-expanded": "false" }, "Show image");
  button.addEventListener("click", () => {
    const isShown = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isShown));
    button.textContent = isShown ? "Show image" : "Hide image";
    if (isShown) button.nextElementSibling.remove();
    else button.after(loadedImage(address, alternative));
  });
  return button;
}

function loadedImage(address, alternative) {
  const image = element("img", { referrerpolicy: "no-referrer", loading: "lazy", decoding: "async", alt: beginning(alternative, 300) });
  image.addEventListener("error", () => image.replaceWith(element("p", { class: "warning" }, "The image can't be loaded")));
  image.src = address;
  return image;
}

const STATUS_NAMES = { pending: "Pending", sent: "Sent", acknowledged: "Acknowledged", read: "Read", failed: "Failed" };

export function tick(entry) {
  const { status, sentTime } = entry;
  const name = STATUS_NAMES[status] ?? beginning(status, 40);
  const title = sentTime === undefined ? name : `${name}; sent ${iso(sentTime)}`;
  return element("span", { class: "tick", role: "img", "data-status": status, "aria-label": name, title }, tickIcon(entry));
}

/** The statuses are an open list: an unknown one is drawn by what the API says of it. */
function tickIcon({ status, isPending, isSent }) {
  const known = Object.hasOwn(STATUS_NAMES, status) ? status : isPending ? "pending" : isSent ? "sent" : "unknown";
  const paths = {
    pending: "M9 1.5a4.5 4.5 0 1 0 .01 0zM9 3.5V6l1.7 1.2",
    sent: "M5 6.5 8 9.5 14 3",
    acknowledged: "M1.5 6.5l3 3L10.5 3M8 8l1.5 1.5L15.5 3",
    read: "M1.5 6.5l3 3L10.5 3M8 8l1.5 1.5L15.5 3",
    failed: "M5 2.5l7 7M12 2.5l-7 7",
    unknown: "M6 6h6",
  };
  return drawing("0 0 17 12", paths[known]);
}

export const priceOf = ({ price, currency }) => `${currency ?? ""} ${typeof price === "number" ? grouped.format(price) : price}`.trim();

export function timeOf(time, now, otherDays) {
  return element("time", { datetime: iso(time), title: iso(time) }, timeText(time, now, otherDays));
}

/** The time of day, or what `otherDays` makes of it where it is not today by the sandbox's clock. */
export function timeText(time, now, otherDays) {
  const date = dateOf(time);
  if (!date) return "";
  const isToday = date.toDateString() === new Date(now).toDateString();
  return (isToday ? clockTime : otherDays).format(date);
}

const iso = (time) => dateOf(time)?.toISOString() ?? "";

function dateOf(time) {
  const date = new Date(time);
  return typeof time !== "number" || Number.isNaN(date.getTime()) ? null : date;
}

// One message as an element.

import { element } from "./elements.js";
import { avatar } from "./people.js";
import { isSolitaire, rowsOf } from "./solitaire.js";

const LONG_LINES = 40;
const LONG_CHARACTERS = 1500;
const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("zh-CN", { month: "long", day: "numeric" });

/** A time for people: the hour today, with the date before. */
export function timeText(time) {
  const date = new Date(time);
  const today = date.toDateString() === new Date().toDateString();
  return today ? clock.format(date) : `${day.format(date)} ${clock.format(date)}`;
}

/**
 * A message. `view` says how it is seen: `own`, `leader`, `tint`, and what is called on `onQuote(message)`,
 * `onMention(name)`, `onFind(id)`, `onPicture(file)`.
 */
export function bubble(message, view) {
  const kinds = ["message", view.own && "own", message.bot && "from-bot", message.state].filter(Boolean);
  const item = element("li", { className: kinds.join(" "), data: { id: message.id } });
  item.append(face(message, view), body(message, view));
  return item;
}

function face(message, view) {
  const button = avatar(message.sender.name, view.tint, "button");
  button.type = "button";
  button.removeAttribute("aria-hidden");
  button.setAttribute("aria-label", `@${message.sender.name}`);
  button.addEventListener("click", () => view.onMention(message.sender.name));
  return button;
}

function body(message, view) {
  const badge = message.bot ? "机器人" : view.leader ? "团长" : "";
  const who = element(
    "p", { className: "who" },
    element("span", { className: "name" }, message.sender.name),
    badge ? element("span", { className: "badge" }, badge) : null,
  );
  const quote = element("button", { type: "button", className: "quote-button" }, "引用");
  quote.addEventListener("click", () => view.onQuote(message));
  const line = element("div", { className: "line" }, content(message, view), quote);
  return element("div", { className: "body" }, who, line, quoted(message, view), reason(message, view));
}

function content(message, view) {
  const inside = element("div", { className: "bubble" });
  if (message.text.trim() || message.mentions.length) inside.append(...texts(message));
  const pictures = message.files.filter((file) => file.picture);
  if (pictures.length) inside.append(gallery(pictures, view, !message.text.trim()));
  for (const file of message.files.filter((one) => !one.picture)) {
    inside.append(element("a", { className: "file", href: file.url, download: file.name }, file.name));
  }
  return inside;
}

function texts(message) {
  if (!message.mentions.length && isSolitaire(message.text)) return [solitaire(message.text)];
  const text = element("div", { className: "text" });
  for (const name of message.mentions.filter((one) => !message.text.includes(`@${one}`))) {
    text.append(element("span", { className: "mention" }, `@${name}`), " ");
  }
  text.append(...withMentions(message.text));
  const long = message.text.length > LONG_CHARACTERS || message.text.split("\n").length > LONG_LINES;
  return long ? [text, folded(text)] : [text];
}

function withMentions(text) {
  return text.split(/(@[^\s@,。:!?\uff0c\uff1a\uff01\uff1f]{1,20})/u).map((part) => (
    part.startsWith("@") ? element("span", { className: "mention" }, part) : part));
}

function folded(text) {
  text.classList.add("long");
  const more = element("button", { type: "button", className: "more" }, "展开全文");
  more.addEventListener("click", () => {
    more.textContent = text.classList.toggle("long") ? "展开全文" : "收起";
  });
  return more;
}

function solitaire(text) {
  const { head, rows } = rowsOf(text);
  const list = element("div", { className: "solitaire" }, element("div", { className: "solitaire-head" }, head));
  for (const row of rows) {
    list.append(element(
      "div", { className: "solitaire-row" },
      element("span", { className: "solitaire-number" }, `${row.number}.`),
      element("span", { className: "solitaire-text" }, row.text),
    ));
  }
  return list;
}

function gallery(pictures, view, alone) {
  const place = element("div", { className: alone ? "pictures alone" : "pictures" });
  for (const file of pictures) {
    const image = element("img", { src: file.url, alt: file.name, loading: "lazy" });
    const button = element("button", { type: "button", className: "picture", ariaLabel: `放大 ${file.name}` }, image);
    button.addEventListener("click", () => view.onPicture(file));
    place.append(button);
  }
  return place;
}

function quoted(message, view) {
  if (!message.quote) return null;
  const { id, name, text } = message.quote;
  const button = element("button", { type: "button", className: "quoted" }, `${name}：${text || "[图片]"}`);
  button.addEventListener("click", () => view.onFind(id));
  return button;
}

function reason(message, view) {
  if (!message.reason) return null;
  const again = element("button", { type: "button" }, "改一改再发");
  again.addEventListener("click", () => view.onRetry(message));
  return element("p", { className: "reason" }, message.reason, again);
}

// Who speaks: the people that the bot's page offers, and guests by any name.

import { byId, element } from "./elements.js";

const CHOSEN = "tuanbot.speaker";
const GUESTS = "tuanbot.guests";
const TINTS = 6;

/** The avatar of a person: the first letter of the name that tells something. */
export function avatar(name, tint, tag = "span") {
  const letters = [...name.replace(/^[\d\s#栋号楼单元室-]+/u, "")];
  return element(tag, { className: "avatar", data: { tint }, ariaHidden: "true" }, letters[0] ?? name[0] ?? "?");
}

/** Which of the colours somebody has; the same name always has the same. */
export function tintOf(name) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return String(sum % TINTS);
}

export class People {
  #offered = [];
  #guests = JSON.parse(localStorage.getItem(GUESTS) ?? "[]");
  #chosen = localStorage.getItem(CHOSEN);
  #onChange;

  constructor(onChange) {
    this.#onChange = onChange;
    byId("guest").addEventListener("close", () => this.#guestNamed());
    byId("speakers").addEventListener("keydown", (event) => this.#moved(event));
  }

  offer(people) {
    this.#offered = people;
    this.#show();
  }

  /** The person as whom messages are sent. */
  get speaker() {
    return this.#all.find((person) => person.id === this.#chosen) ?? this.#offered[0];
  }

  isLeader(id) {
    return this.#offered.some((person) => person.id === id && person.leader);
  }

  tint(sender) {
    return this.isLeader(sender.id) ? "leader" : tintOf(sender.name);
  }

  get #all() {
    return [...this.#offered, ...this.#guests];
  }

  #choose(id) {
    this.#chosen = id;
    localStorage.setItem(CHOSEN, id);
    this.#show();
    this.#onChange();
  }

  #show() {
    const add = element("button", { type: "button", className: "speaker add", title: "换个人说话" }, "+ 换人");
    add.addEventListener("click", () => this.#askName());
    byId("speakers").replaceChildren(...this.#all.map((person) => this.#button(person)), add);
  }

  #button(person) {
    const chosen = person.id === this.speaker.id;
    const button = element(
      "button",
      { type: "button", role: "radio", className: "speaker", ariaChecked: String(chosen), tabIndex: chosen ? 0 : -1 },
      avatar(person.name, this.tint(person)),
      person.name,
    );
    button.addEventListener("click", () => this.#choose(person.id));
    return button;
  }

  #moved(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = this.#all;
    const at = all.findIndex((person) => person.id === this.speaker.id);
    this.#choose(all[(at + step + all.length) % all.length].id);
    byId("speakers").querySelector("[aria-checked=true]").focus();
  }

  #askName() {
    byId("guest-name").value = "";
    byId("guest").returnValue = "";
    byId("guest").showModal();
  }

  #guestNamed() {
    const name = byId("guest-name").value.trim();
    if (byId("guest").returnValue !== "ok" || !name) return;
    const known = this.#all.find((person) => person.name === name);
    if (!known) {
      this.#guests = [...this.#guests, { id: `guest_${name}`.slice(0, 40), name }].slice(-5);
      localStorage.setItem(GUESTS, JSON.stringify(this.#guests));
    }
    this.#choose((known ?? this.#guests.at(-1)).id);
  }
}

// The list of conversations: rooms, and the private chat of the bot with whoever speaks.

import { timeText } from "./bubbles.js";
import { PRIVATE } from "./conversations.js";
import { byId, element } from "./elements.js";
import { avatar, tintOf } from "./people.js";

export class Rooms {
  #rooms = [];
  #unread = new Map();
  #bot = "";

  offer(rooms, bot) {
    this.#rooms = rooms;
    this.#bot = bot;
  }

  /** All conversations that this speaker has. */
  of(speaker) {
    const chat = { id: PRIVATE + speaker.id, title: this.#bot, subtitle: `私聊 · ${speaker.name}`, bot: true };
    return [...this.#rooms.map((room) => ({ ...room, subtitle: "群聊" })), chat];
  }

  read(conversation) {
    this.#unread.delete(conversation);
  }

  arrived(conversation) {
    this.#unread.set(conversation, (this.#unread.get(conversation) ?? 0) + 1);
  }

  /** Show the list; `last(id)` gives a conversation's latest message, `onOpen(id)` is called on a click. */
  show(speaker, current, last, onOpen) {
    byId("rooms").replaceChildren(...this.of(speaker).map((room) => {
      const button = this.#button(room, room.id === current, last(room.id));
      button.addEventListener("click", () => onOpen(room.id));
      return element("li", {}, button);
    }));
  }

  #button(room, current, last) {
    const count = this.#unread.get(room.id) ?? 0;
    const preview = last ? `${room.bot ? "" : `${last.sender.name}：`}${last.text || "[图片]"}` : room.subtitle;
    return element(
      "button",
      { type: "button", className: "room", ariaCurrent: String(current) },
      avatar(room.title, room.bot ? "bot" : tintOf(room.id)),
      element("span", { className: "room-title" }, room.bot ? `${room.title}（私聊）` : room.title),
      element("span", { className: "room-time" }, last ? timeText(last.time) : ""),
      element("span", { className: "room-last" }, preview),
      count ? element("span", { className: "unread", ariaLabel: `${count} 条新消息` }, String(Math.min(count, 99))) : null,
    );
  }
}

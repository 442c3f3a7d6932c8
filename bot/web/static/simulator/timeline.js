// The messages of the open conversation on the screen.

import { bubble, timeText } from "./bubbles.js";
import { byId, element } from "./elements.js";

const GAP = 5 * 60 * 1000;
const NEAR = 80;

export class Timeline {
  #list = byId("messages");
  #toEnd = byId("to-end");

  constructor() {
    this.#toEnd.addEventListener("click", () => this.toEnd());
    this.#list.addEventListener("scroll", () => { if (this.#nearEnd) this.#toEnd.hidden = true; });
    new ResizeObserver(() => { if (this.#stuck) this.toEnd(); }).observe(this.#list);
    this.#list.addEventListener("load", () => { if (this.#stuck) this.toEnd(); }, true);
  }

  /** Show a conversation from its first message, the end in sight. `viewOf(message)` is as bubble() wants it. */
  show(messages, viewOf, empty) {
    this.#list.replaceChildren();
    if (!messages.length) this.#list.append(empty());
    messages.forEach((message, at) => this.#append(message, messages[at - 1], viewOf));
    this.toEnd();
  }

  /** Show a message that is new at the end, or again where it is. */
  update(message, before, viewOf) {
    const old = this.#find(message.id);
    if (old) return old.replaceWith(bubble(message, viewOf(message)));
    const stay = !this.#nearEnd && !viewOf(message).own;
    this.#list.querySelector(".empty")?.remove();
    this.#append(message, before, viewOf);
    if (stay) this.#toEnd.hidden = false;
    else this.toEnd();
  }

  /** Bring a message into sight. */
  find(id) {
    const item = this.#find(id);
    if (!item) return;
    item.scrollIntoView({ block: "center" });
    item.classList.add("found");
    setTimeout(() => item.classList.remove("found"), 1300);
  }

  toEnd() {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#toEnd.hidden = true;
    this.#stuck = true;
  }

  #stuck = true;

  get #nearEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#list;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR;
    return this.#stuck;
  }

  #find(id) {
    return this.#list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  #append(message, before, viewOf) {
    const time = Date.parse(message.time);
    if (!before || time - Date.parse(before.time) > GAP) {
      this.#list.append(element("li", { className: "stamp" }, timeText(message.time)));
    }
    this.#list.append(bubble(message, viewOf(message)));
  }
}

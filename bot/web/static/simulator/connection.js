// The WebSocket: comes back by itself, and says again what was not accepted before it broke.

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 8000;

export class Connection {
  #socket = null;
  #pause = FIRST_PAUSE;
  #unaccepted = new Map();
  #onEvent;
  #onState;

  /** `onEvent` gets every object that the bot sends; `onState` gets "connecting", "open" or "closed". */
  constructor(onEvent, onState) {
    this.#onEvent = onEvent;
    this.#onState = onState;
  }

  open() {
    this.#onState(this.#socket ? "closed" : "connecting");
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/ws`);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#opened());
    socket.addEventListener("message", (event) => this.#heard(JSON.parse(event.data)));
    socket.addEventListener("close", () => this.#closed());
  }

  /** Send a message now, or as soon as there is a connection. */
  say(message) {
    this.#unaccepted.set(message.id, message);
    this.#push(message);
  }

  #push(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ type: "say", ...message }));
    }
  }

  #opened() {
    this.#pause = FIRST_PAUSE;
    this.#onState("open");
    this.#unaccepted.forEach((message) => this.#push(message));
  }

  #heard(event) {
    if (event.type === "accepted" || event.type === "refused") this.#unaccepted.delete(event.id);
    this.#onEvent(event);
  }

  #closed() {
    this.#onState("closed");
    setTimeout(() => this.open(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }
}

/** A new message id: 32 hexadecimal digits. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

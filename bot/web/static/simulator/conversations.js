// What was said, by conversation, each message once and in the order of time.

export const PRIVATE = "private:";

export class Conversations {
  #byId = new Map();
  #logs = new Map();

  /** Add a message, or take the place of the one with its id; true when it is new. */
  put(message) {
    const old = this.#byId.get(message.id);
    this.#byId.set(message.id, message);
    const log = this.of(message.conversation);
    if (old) {
      log[log.indexOf(old)] = message;
      return false;
    }
    let at = log.length;
    while (at && Date.parse(log[at - 1].time) > Date.parse(message.time)) at -= 1;
    log.splice(at, 0, message);
    return true;
  }

  get(id) {
    return this.#byId.get(id);
  }

  /** The messages of one conversation, oldest first. */
  of(conversation) {
    if (!this.#logs.has(conversation)) this.#logs.set(conversation, []);
    return this.#logs.get(conversation);
  }
}

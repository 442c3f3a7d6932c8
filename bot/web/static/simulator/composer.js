// Writing a message: text, quote, pictures, @, solitaire.

import { byId, element, toast } from "./elements.js";

const MOST_PICTURES = 9;

export class Composer {
  #quote = null;
  #pictures = [];
  #atBot = false;
  #onSend;

  /** `onSend({ text, at_bot, quote, files })` is called when something is to be sent. */
  constructor(onSend) {
    this.#onSend = onSend;
    this.text = byId("text");
    byId("composer").addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.text.addEventListener("input", () => this.#fit());
    this.text.addEventListener("paste", (event) => this.#take(event.clipboardData.files));
    byId("quote-drop").addEventListener("click", () => this.quote(null));
    byId("file").addEventListener("change", (event) => { this.#take(event.target.files); event.target.value = ""; });
    byId("at").addEventListener("click", () => this.#toggleAt());
    byId("plus-one").addEventListener("click", () => { this.insert("+1"); this.#send(); });
  }

  /** Quote a message, or none. */
  quote(message) {
    this.#quote = message;
    byId("quote").hidden = !message;
    byId("quote-text").textContent = message ? `${message.sender.name}：${message.text || "[图片]"}` : "";
    this.text.focus();
  }

  /** Put text where the cursor is. */
  insert(text) {
    const { selectionStart, selectionEnd } = this.text;
    this.text.setRangeText(text, selectionStart, selectionEnd, "end");
    this.#fit();
    this.text.focus();
  }

  /** Replace the whole text, the cursor at its end. */
  fill(text) {
    this.text.value = text;
    this.#fit();
    this.text.focus();
    this.text.setSelectionRange(text.length, text.length);
    this.text.scrollTop = this.text.scrollHeight;
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    if (this.#pictures.some((picture) => !picture.file)) return toast("图片还在传，等一下。");
    if (!this.text.value.trim() && !this.#pictures.length) return;
    this.#onSend({
      text: this.text.value,
      at_bot: this.#atBot,
      quote: this.#quote,
      files: this.#pictures.map((picture) => picture.file),
    });
    this.#clear();
  }

  #clear() {
    this.#pictures.forEach((picture) => URL.revokeObjectURL(picture.preview));
    this.#pictures = [];
    this.#showPictures();
    if (this.#atBot) this.#toggleAt();
    this.quote(null);
    this.fill("");
  }

  #toggleAt() {
    this.#atBot = !this.#atBot;
    byId("at").setAttribute("aria-pressed", String(this.#atBot));
    this.text.focus();
  }

  #fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  #take(files) {
    const pictures = [...files].filter((file) => file.type.startsWith("image/"));
    for (const picture of pictures.slice(0, MOST_PICTURES - this.#pictures.length)) this.#upload(picture);
  }

  async #upload(picture) {
    const entry = { preview: URL.createObjectURL(picture), name: picture.name, file: null };
    this.#pictures.push(entry);
    this.#showPictures();
    try {
      entry.file = await upload(picture);
    } catch (error) {
      toast(error.message);
      this.#drop(entry);
    }
    this.#showPictures();
  }

  #drop(entry) {
    URL.revokeObjectURL(entry.preview);
    this.#pictures = this.#pictures.filter((picture) => picture !== entry);
    this.#showPictures();
  }

  #showPictures() {
    byId("pictures").hidden = !this.#pictures.length;
    byId("pictures").replaceChildren(...this.#pictures.map((entry) => {
      const drop = element("button", { type: "button", ariaLabel: `不发 ${entry.name}` }, "×");
      drop.addEventListener("click", () => this.#drop(entry));
      const state = entry.file ? "ready" : "loading";
      return element("li", { data: { state } }, element("img", { src: entry.preview, alt: entry.name }), drop);
    }));
  }
}

async function upload(picture) {
  const address = `/upload?name=${encodeURIComponent(picture.name)}`;
  const response = await fetch(address, { method: "POST", body: picture });
  if (response.status === 413) throw new Error("图片太大了，最多 10 MB。");
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.reason ?? "图片没传上，再试一次。");
  return { token: answer.token, url: answer.url, name: picture.name, picture: true };
}

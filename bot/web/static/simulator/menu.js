// The small menu of a message: right click, or a long press on a touch screen.

import { byId, toast } from "./elements.js";

const LONG_PRESS = 450;
const MARGIN = 8;

/** Open the menu on messages below `list`; `messageOf(id)` finds one, `onQuote(message)` quotes it. */
export function watchMenu(list, messageOf, onQuote) {
  const menu = byId("menu");
  let chosen = null;
  let timer;

  function open(event) {
    const item = event.target.closest(".message");
    if (!item || !event.target.closest(".bubble")) return;
    event.preventDefault();
    chosen = messageOf(item.dataset.id);
    menu.hidden = false;
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(MARGIN, Math.min(event.clientX - width / 2, innerWidth - width - MARGIN))}px`;
    menu.style.top = `${Math.max(MARGIN, event.clientY - height - MARGIN)}px`;
    menu.querySelector("button").focus();
  }

  function close() {
    menu.hidden = true;
  }

  list.addEventListener("contextmenu", open);
  list.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") timer = setTimeout(() => open(event), LONG_PRESS);
  });
  for (const end of ["pointerup", "pointermove", "pointercancel"]) {
    list.addEventListener(end, () => clearTimeout(timer));
  }
  document.addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) close(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  menu.addEventListener("click", async (event) => {
    const act = event.target.dataset.act;
    close();
    if (act === "quote") onQuote(chosen);
    if (act === "copy") await copy(chosen.text);
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("复制好了");
  } catch {
    toast("浏览器不让复制，请选中文字再复制。");
  }
}

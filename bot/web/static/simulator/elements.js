// Making elements. Text always goes in as text, never as markup.

/** An element with properties (dataset and aria included) and children; strings become text. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") Object.assign(made.dataset, value);
    else if (name.startsWith("aria") || name === "role") made.setAttribute(attribute(name), value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function attribute(name) {
  return name.replace("aria", "aria-").replace("aria--", "aria-").toLowerCase();
}

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

let toastTimer;

/** Say something to the person at the screen for a moment. */
export function toast(text) {
  const place = byId("toast");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { place.hidden = true; }, 3500);
}

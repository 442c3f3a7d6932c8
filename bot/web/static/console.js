// The console's only script of its own: copy buttons, also on parts that htmx brings in later.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button) return;
  const text = button.dataset.text ?? button.closest(".notice").querySelector("pre").textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "复制好了";
  } catch {
    button.textContent = "请选中文字复制";
  }
});

// button[data-copy="text"]: copies, and says so. The buttons are hidden until this file runs,
// because without it they could do nothing.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (navigator.clipboard) button.hidden = false;
}

addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  const status = document.getElementById("copy-status");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    const label = button.querySelector("[data-label]") ?? button;
    const before = label.textContent;
    label.textContent = button.dataset.done;
    if (status) status.textContent = button.dataset.said ?? button.dataset.done;
    setTimeout(() => {
      label.textContent = before;
    }, 2000);
  } catch {
    if (status) status.textContent = button.dataset.failed ?? "";
  }
});

// Polishes the donation pages. Everything works without it: it copies texts, keeps the amount field
// and the presets from contradicting each other, and tells a framing page how high the frame is.

// Amount: typing clears a picked preset, picking one clears what was typed.
const amount = document.getElementById("amount");
const presets = [...document.querySelectorAll("input[name=choice]")];
amount?.addEventListener("input", () => {
  if (amount.value.trim() !== "") for (const preset of presets) preset.checked = false;
});
for (const preset of presets) {
  preset.addEventListener("change", () => {
    if (amount) amount.value = "";
  });
}

// Copy buttons are hidden until this runs, because without it they could do nothing.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (navigator.clipboard) button.hidden = false;
}
addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  const status = document.getElementById("copy-status");
  const label = button.querySelector("[data-label]");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    const before = label.textContent;
    label.textContent = button.dataset.done;
    status.textContent = button.dataset.said;
    setTimeout(() => {
      label.textContent = before;
    }, 2000);
  } catch {
    status.textContent = button.dataset.failed;
  }
});

// Inside a frame: messages go to the registered site that frames us, and to nobody else. They never
// hold an amount or a name.
const site = document.body.dataset.parent;
if (site && parent !== window) {
  const tell = (message) => parent.postMessage({ almonry: 1, ...message }, site);
  const event = document.body.dataset.event;
  if (event) tell({ event });
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== told) tell({ event: "height", height: (told = height) });
  }).observe(document.body);
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || origin !== site || data?.almonry !== 1) return;
    if (data.theme === "light" || data.theme === "dark") {
      document.documentElement.dataset.theme = data.theme;
    }
    if (typeof data.lang === "string") {
      const links = [...document.querySelectorAll(".langs a")];
      links.find((link) => link.lang === data.lang)?.click();
    }
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") tell({ event: "closed" });
  });
}

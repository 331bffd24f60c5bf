// form[data-enhance]: posts in place and swaps the parts that the server names. Without this file,
// or when anything at all goes wrong, the browser posts the form as always.
const policy = globalThis.trustedTypes?.createPolicy("almonry", { createHTML: (html) => html })
  ?? { createHTML: (html) => html };

const busy = (form, on) => {
  for (const button of form.querySelectorAll("button")) {
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
};

const swap = (text, form) => {
  const page = new DOMParser().parseFromString(policy.createHTML(text), "text/html");
  const parts = [...page.querySelectorAll("[data-part]")]
    .map((part) => [document.getElementById(part.dataset.part), part])
    .filter(([old]) => old !== null);
  for (const [old, part] of parts) old.replaceChildren(...part.childNodes);
  const focus = document.querySelector("[data-focus]")
    ?? (document.contains(form) ? null : parts[0]?.[0]);
  if (focus) {
    focus.setAttribute("tabindex", "-1");
    focus.focus();
  }
  return parts.length > 0;
};

addEventListener("submit", async (event) => {
  const form = event.target.closest?.("form[data-enhance]");
  if (!form || form.method !== "post" || form.dataset.plain) return;
  const action = new URL(event.submitter?.getAttribute("formaction") ?? form.action, location.href);
  if (action.origin !== location.origin) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  busy(form, true);
  try {
    const response = await fetch(action, {
      method: "post",
      body: new URLSearchParams(new FormData(form, event.submitter)),
      headers: { "X-Fragment": "1" },
    });
    if (response.redirected) {
      location.assign(response.url);
      return;
    }
    if (!swap(await response.text(), form)) throw new Error("no part to swap");
  } catch {
    form.dataset.plain = "yes";
    form.requestSubmit(event.submitter);
  } finally {
    busy(form, false);
    delete form.dataset.sending;
  }
});

// One click sends one form: a second click while the first is under way is dropped.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[data-enhance]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  busy(form, true);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    busy(form, false);
  }
});

// <almonry-donate profile="river-trust" view="inline|button" lang="de"><a href="…">…
// Layout only: one sandboxed iframe. When it fails, the link stays.
const home = new URL(import.meta.url).origin;
const slug = /^[a-z0-9][a-z0-9-]{0,39}$/;

class AlmonryDonate extends HTMLElement {
  #frame;
  #dialog;
  #link;
  #listen = (event) => this.#message(event);
  #click = (event) => {
    event.preventDefault();
    this.#show(true);
  };

  connectedCallback() {
    addEventListener("message", this.#listen);
    this.#link = this.querySelector("a");
    if (this.getAttribute("view") === "button") this.#link?.addEventListener("click", this.#click);
    else this.#show(false);
  }

  disconnectedCallback() {
    removeEventListener("message", this.#listen);
    this.#link?.removeEventListener("click", this.#click);
    (this.#dialog ?? this.#frame)?.remove();
    this.#dialog = this.#frame = undefined;
  }

  #show(modal) {
    if (this.#dialog) return void this.#dialog.showModal();
    const path = ["profile", "project"].map((name) => this.getAttribute(name)).filter(Boolean);
    if (!path.length || !path.every((part) => slug.test(part))) return;
    const url = new URL("/" + path.join("/"), home);
    url.searchParams.set("view", "inline");
    url.searchParams.set("origin", location.origin);
    const lang = this.getAttribute("lang");
    if (lang) url.searchParams.set("lang", lang);
    const frame = (this.#frame = document.createElement("iframe"));
    frame.title = this.#link?.textContent.trim() || "Donate";
    frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups "
      + "allow-top-navigation-by-user-activation";
    frame.allow = "clipboard-write";
    frame.referrerPolicy = "origin";
    Object.assign(frame.style, { border: 0, width: "100%", height: "40rem", display: "block" });
    frame.src = url;
    if (!modal) return void this.append(frame);
    const dialog = (this.#dialog = document.createElement("dialog"));
    Object.assign(dialog.style, { border: 0, padding: 0, width: "min(100%, 34rem)" });
    dialog.addEventListener("close", () => this.#say("closed"));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.append(frame);
    this.append(dialog);
    dialog.showModal();
  }

  #message({ source, origin, data }) {
    if (source !== this.#frame?.contentWindow || origin !== home || data?.almonry !== 1) return;
    if (data.event === "height" && data.height > 0 && data.height < 20000) {
      this.#frame.style.height = data.height + "px";
      if (this.#link && !this.#dialog) this.#link.hidden = true;
    } else if (data.event === "closed") this.#dialog?.close();
    else if (data.event === "opened" || data.event === "completed") this.#say(data.event);
  }

  #say(event) {
    this.dispatchEvent(new CustomEvent("almonry-" + event, { bubbles: true }));
  }
}

customElements.get("almonry-donate") ?? customElements.define("almonry-donate", AlmonryDonate);

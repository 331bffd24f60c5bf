// <almonry-donate>: layout only, one sandboxed iframe. Where it may not show, the link stays.
const home = new URL(import.meta.url).origin;
const slugs = /^(\/[a-z0-9][a-z0-9-]{0,39}){1,2}$/;

class AlmonryDonate extends HTMLElement {
  #frame;
  #dialog;
  #link;
  #seen;
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
    const [lang, ...path] = ["lang", "profile", "project"].map((name) => this.getAttribute(name));
    const url = new URL("/" + path.filter(Boolean).join("/"), home);
    if (!slugs.test(url.pathname)) return;
    const query = { view: "inline", origin: location.origin, ...(lang && { lang }) };
    url.search = new URLSearchParams(query);
    const frame = (this.#frame = document.createElement("iframe"));
    frame.title = this.#link?.textContent.trim() || "Donate";
    frame.sandbox = "allow-scripts allow-same-origin allow-forms allow-popups "
      + "allow-top-navigation-by-user-activation";
    frame.allow = "clipboard-write";
    Object.assign(frame.style, { border: 0, width: "100%", height: 0, display: "block" });
    frame.src = url;
    if (!modal) return void this.append(frame);
    frame.style.height = "40rem";
    const dialog = (this.#dialog = document.createElement("dialog"));
    Object.assign(dialog.style, { border: 0, padding: 0, width: "min(100%, 34rem)" });
    dialog.addEventListener("close", () => this.#say("closed"));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.append(frame);
    this.append(dialog);
    dialog.showModal();
    // A site that may not frame gets the page itself.
    setTimeout(() => this.#seen || location.assign(this.#link), 9e3);
  }

  #message({ source, origin, data }) {
    if (source !== this.#frame?.contentWindow || origin !== home || data?.almonry !== 1) return;
    this.#seen = true;
    if (data.event === "height" && data.height < 20000) {
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

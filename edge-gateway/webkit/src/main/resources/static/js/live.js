// <live-log src="/runs/1/events">: follows server-sent events. Event "line" adds a line, "state"
// replaces the text of [data-live="<name>"] from JSON {"name": "text"}, "done" loads the page anew.
// The noscript refresh of the page is not needed then.
const LINES_MAX = 500;
const ANNOUNCE_MS = 5000;

class LiveLog extends HTMLElement {
  #source = null;
  #list = null;
  #status = null;
  #announcedAt = 0;
  #waiting = null;

  connectedCallback() {
    this.#list = this.querySelector("ol") ?? this.appendChild(document.createElement("ol"));
    this.#status = document.createElement("p");
    this.#status.setAttribute("role", "status");
    this.#status.className = "visually-hidden";
    this.after(this.#status);
    this.#source = new EventSource(this.getAttribute("src"));
    this.#source.addEventListener("line", (event) => this.#line(event.data));
    this.#source.addEventListener("state", (event) => this.#state(event.data));
    this.#source.addEventListener("done", () => {
      this.#source.close();
      location.reload();
    });
  }

  disconnectedCallback() {
    this.#source?.close();
    clearTimeout(this.#waiting);
    this.#status?.remove();
  }

  #line(text) {
    const item = document.createElement("li");
    item.textContent = text;
    this.#list.append(item);
    while (this.#list.children.length > LINES_MAX) this.#list.firstElementChild.remove();
    this.scrollTop = this.scrollHeight;
    this.#announce(text);
  }

  #state(json) {
    for (const [name, text] of Object.entries(JSON.parse(json))) {
      for (const place of document.querySelectorAll(`[data-live="${CSS.escape(name)}"]`)) {
        if (place instanceof HTMLProgressElement) place.value = Number(text);
        else place.textContent = text;
      }
    }
  }

  // A screen reader hears the latest line, at most every five seconds.
  #announce(text) {
    clearTimeout(this.#waiting);
    const wait = Math.max(0, this.#announcedAt + ANNOUNCE_MS - Date.now());
    this.#waiting = setTimeout(() => {
      this.#announcedAt = Date.now();
      this.#status.textContent = text;
    }, wait);
  }
}

customElements.define("live-log", LiveLog);

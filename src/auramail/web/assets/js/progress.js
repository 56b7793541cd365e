// Watches a run: the stream is read by htmx; when it breaks, the same fragment is asked for until it comes back.
import htmx from "./htmx.js";

const EVERY = 2000;

export function progress() {
  return {
    timer: null,

    init() {
      for (const broken of ["htmx:sse:error", "htmx:error"]) {
        this.$root.addEventListener(broken, () => this.poll());
      }
      this.$root.addEventListener("htmx:sse:after:message", () => this.stop());
      this.$root.addEventListener("finished", () => this.finish());
      this.$root.addEventListener("htmx:after:swap", () => {
        if (this.$root.querySelector("[data-finished]")) this.finish();
      });
    },

    poll() {
      this.timer ??= setInterval(() => {
        htmx.ajax("GET", this.$root.dataset.fragment, { source: this.$root, target: this.$root, swap: "innerMorph" });
      }, EVERY);
    },

    stop() {
      clearInterval(this.timer);
      this.timer = null;
    },

    finish() {
      this.stop();
      if (this.$root.closest("dialog")?.open) window.location.assign(this.$root.dataset.report);
    },

    destroy() {
      this.stop();
    },
  };
}

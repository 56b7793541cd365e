// Choosing among the lines of a plan: a group's box ticks its lines, and the buttons know how many are chosen.
export function selection() {
  return {
    chosen: 0,

    init() {
      this.count();
      this.$root.addEventListener("change", (event) => {
        const group = event.target.dataset.group;
        if (group) {
          for (const box of this.boxes(group)) box.checked = event.target.checked;
        }
        this.count();
      });
    },

    boxes(group) {
      return [...this.$root.querySelectorAll('input[name="entry"]')].filter((box) => !group || box.dataset.of === group);
    },

    count() {
      this.chosen = this.boxes().filter((box) => box.checked).length;
      for (const head of this.$root.querySelectorAll("input[data-group]")) {
        const boxes = this.boxes(head.dataset.group);
        const ticked = boxes.filter((box) => box.checked).length;
        head.checked = ticked === boxes.length;
        head.indeterminate = ticked > 0 && ticked < boxes.length;
      }
    },

    get none() {
      return this.chosen === 0;
    },
  };
}

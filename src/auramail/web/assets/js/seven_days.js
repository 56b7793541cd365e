// Draws the table of seven days as stacked columns; Chart.js is fetched only where such a table stands.
function read(table) {
  const [head, ...rows] = [...table.rows].map((row) => [...row.cells]);
  return {
    days: rows.map((cells) => cells[0].dataset.short ?? cells[0].textContent.trim()),
    series: head.slice(1).flatMap((cell, index) => {
      if (!cell.dataset.tone) return [];
      return [{ label: cell.textContent.trim(), tone: cell.dataset.tone, data: rows.map((row) => Number(row[index + 1].dataset.count)) }];
    }),
  };
}

function colour(name) {
  // A custom property keeps light-dark() unresolved; a real property does not.
  const probe = document.createElement("i");
  probe.className = "dot";
  probe.classList.add(`tone-${name}`);
  document.body.append(probe);
  const value = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return value;
}

export function sevenDays() {
  // Kept outside the component: Alpine would wrap the chart in a proxy, which breaks its drawing.
  let chart = null;

  return {
    async init() {
      const { Chart } = await import("./chart.js");
      const draw = () => {
        chart?.destroy();
        chart = this.draw(Chart);
      };
      draw();
      document.addEventListener("theme-changed", draw);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    },

    draw(Chart) {
      const { days, series } = read(this.$root.querySelector("table"));
      const style = getComputedStyle(this.$root);
      const datasets = series.map(({ label, tone, data }) => ({
        label,
        data,
        backgroundColor: colour(tone),
        borderColor: style.backgroundColor,
        borderWidth: { top: 1.5 },
        borderRadius: 2,
        maxBarThickness: 36,
      }));
      return new Chart(this.$root.querySelector("canvas"), {
        type: "bar",
        data: { labels: days, datasets },
        options: {
          animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350 },
          maintainAspectRatio: false,
          interaction: { mode: "index", intersect: false },
          font: { family: style.fontFamily },
          scales: {
            x: { stacked: true, grid: { display: false }, border: { display: false }, ticks: { color: style.color } },
            y: {
              stacked: true,
              beginAtZero: true,
              border: { display: false },
              grid: { color: style.borderTopColor },
              ticks: { color: style.color, precision: 0, maxTicksLimit: 5 },
            },
          },
          plugins: { legend: { display: false } },
        },
      });
    },
  };
}

// Draws the bars of the overview from the table beside them, so that both always say the same.
// Amounts stay whole minor units; only the axis labels show decimals.
const DAY = 24 * 3600 * 1000;
const DAYS = 90;

const css = getComputedStyle(document.documentElement);
const probe = document.createElement("span");
document.body.append(probe);
const colour = (name) => {
  probe.style.color = css.getPropertyValue(name);
  return getComputedStyle(probe).color;
};
const palette = ["--accent", "--focus", "--warn", "--bad", "--good"].map(colour);
const ink = colour("--ink-soft");
const line = colour("--line");
probe.remove();

const iso = (time) => new Date(time).toISOString().slice(0, 10);

for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
  const table = document.getElementById(canvas.dataset.chart);
  const names = [...table.querySelectorAll("th[data-series]")].map((cell) => cell.dataset.series);
  const rows = new Map(
    [...table.tBodies[0].rows].map((row) => [
      row.querySelector("[data-day]").dataset.day,
      [...row.querySelectorAll("[data-minor]")].map((cell) => Number(cell.dataset.minor)),
    ]),
  );
  const last = Date.parse(new Date().toISOString().slice(0, 10));
  const days = Array.from({ length: DAYS }, (_, i) => iso(last - (DAYS - 1 - i) * DAY));
  const unit = 10 ** Number(canvas.dataset.scale);
  const code = canvas.dataset.currency;
  // Community currencies have codes that Intl does not take.
  const style = /^[A-Z]{3}$/.test(code) ? { style: "currency", currency: code } : {};
  const money = new Intl.NumberFormat(canvas.dataset.lang, style);
  const date = new Intl.DateTimeFormat(canvas.dataset.lang, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  new Chart(canvas, {
    type: "bar",
    data: {
      labels: days.map((day) => date.format(Date.parse(day))),
      datasets: names.map((name, i) => ({
        label: name,
        data: days.map((day) => rows.get(day)?.[i] ?? 0),
        backgroundColor: palette[i % palette.length],
      })),
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: { stacked: true, grid: { display: false }, ticks: { color: ink, maxTicksLimit: 10 } },
        y: {
          stacked: true,
          beginAtZero: true,
          grid: { color: line },
          ticks: { color: ink, maxTicksLimit: 6, callback: (minor) => money.format(minor / unit) },
        },
      },
      plugins: {
        legend: { labels: { color: ink } },
        tooltip: {
          callbacks: { label: (bar) => `${bar.dataset.label}: ${money.format(bar.raw / unit)}` },
        },
      },
    },
  });
}

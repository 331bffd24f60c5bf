// Draws charts from the tables beside them, so that both always say the same. Amounts stay whole
// minor units; only labels show decimals. A canvas names its table and its kind:
//   days    bars of the last 90 days, one colour per series
//   steps   a balance that holds from one day until the next, between two days
//   labels  one bar for each row
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

const read = (canvas) => {
  const table = document.getElementById(canvas.dataset.chart);
  return {
    names: [...table.querySelectorAll("th[data-series]")].map((cell) => cell.dataset.series),
    rows: [...table.tBodies[0].rows].map((row) => ({
      day: row.querySelector("[data-day]")?.dataset.day,
      label: row.querySelector("[data-label]")?.textContent,
      values: [...row.querySelectorAll("[data-minor]")].map((cell) => Number(cell.dataset.minor)),
    })),
  };
};

const days = ({ names, rows }, canvas, date) => {
  const byDay = new Map(rows.map((row) => [row.day, row.values]));
  const last = Date.parse(iso(Date.now()));
  const shown = Array.from({ length: DAYS }, (_, i) => iso(last - (DAYS - 1 - i) * DAY));
  return {
    type: "bar",
    data: {
      labels: shown.map((day) => date.format(Date.parse(day))),
      datasets: names.map((name, i) => ({
        label: name,
        data: shown.map((day) => byDay.get(day)?.[i] ?? 0),
        backgroundColor: palette[i % palette.length],
      })),
    },
    x: { stacked: true, grid: { display: false }, ticks: { color: ink, maxTicksLimit: 10 } },
    y: { stacked: true },
  };
};

const steps = ({ names, rows }, canvas, date) => {
  const points = rows.map((row) => ({ x: Date.parse(row.day), y: row.values[0] }));
  const first = { x: Date.parse(canvas.dataset.from), y: Number(canvas.dataset.opening) };
  // A day's balance holds to its end.
  const end = { x: Date.parse(canvas.dataset.to) + DAY, y: (points.at(-1) ?? first).y };
  return {
    type: "line",
    data: {
      datasets: [
        {
          label: names[0],
          data: [...(points[0]?.x === first.x ? [] : [first]), ...points, end],
          stepped: true,
          borderColor: palette[0],
          pointRadius: 0,
        },
      ],
    },
    x: {
      type: "linear",
      min: first.x,
      max: end.x,
      grid: { display: false },
      ticks: { color: ink, maxTicksLimit: 8, callback: (time) => date.format(time) },
    },
    y: {},
    title: ([point]) => date.format(point.parsed.x),
  };
};

const labels = ({ names, rows }) => ({
  type: "bar",
  data: {
    labels: rows.map((row) => row.label),
    datasets: [
      { label: names[0], data: rows.map((row) => row.values[0]), backgroundColor: palette[0] },
    ],
  },
  x: { grid: { display: false }, ticks: { color: ink } },
  y: {},
});

const kinds = { days, steps, labels };
for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
  const { scale, currency, lang, kind } = canvas.dataset;
  const unit = 10 ** Number(scale);
  // Community currencies have codes that Intl does not take.
  const style = /^[A-Z]{3}$/.test(currency) ? { style: "currency", currency } : {};
  const money = new Intl.NumberFormat(lang, style);
  const date = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", timeZone: "UTC" });
  const { type, data, x, y, title } = kinds[kind](read(canvas), canvas, date);
  const ticks = { color: ink, maxTicksLimit: 6, callback: (minor) => money.format(minor / unit) };
  const label = (point) => `${point.dataset.label}: ${money.format(point.parsed.y / unit)}`;
  new Chart(canvas, {
    type,
    data,
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: { x, y: { beginAtZero: true, grid: { color: line }, ticks, ...y } },
      plugins: {
        legend: { labels: { color: ink } },
        tooltip: { callbacks: title ? { label, title } : { label } },
      },
    },
  });
}

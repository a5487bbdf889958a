// Draws parts/chart_bars.html with ECharts: bars from zero, labelled, each a link to the list it counts.
// The table under the chart says the same; without this script it is all there is.

// Okabe and Ito's colours that keep 3:1 on white, in their order.
const SERIES = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];
const MANY_BARS = 16;

/** The colour behind a CSS token, resolved for the present theme. */
function token(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function options(data) {
  const ink = token("--ink-quiet");
  const line = token("--line");
  const family = getComputedStyle(document.body).fontFamily;
  const many = data.labels.length > MANY_BARS;
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    aria: { enabled: true, decal: { show: data.series.length > 1 } },
    color: SERIES,
    textStyle: { fontFamily: family, color: ink },
    grid: { left: 4, right: 4, top: data.series.length > 1 ? 36 : 24, bottom: 0, containLabel: true },
    legend: { show: data.series.length > 1, top: 0, left: 0, textStyle: { color: ink } },
    xAxis: { type: "category", data: data.labels, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { color: ink, hideOverlap: true } },
    yAxis: { type: "value", min: 0, minInterval: 1, splitLine: { lineStyle: { color: line } }, axisLabel: { color: ink } },
    series: data.series.map((series) => ({
      name: series.name,
      type: "bar",
      stack: data.stacked ? "all" : undefined,
      barMaxWidth: 40,
      cursor: data.urls ? "pointer" : "default",
      data: series.values.map((value, at) => (at === data.partial ? unfinished(value) : value)),
      label: { show: !many && !data.stacked, position: "top", color: ink },
    })),
  };
}

/** A day that is not over yet is hatched, so that nobody reads it as a drop. */
const unfinished = (value) => ({
  value,
  itemStyle: { opacity: 0.7, decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4, color: token("--surface") } },
});

function draw(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const canvas = figure.querySelector(".chart-canvas");
  const chart = window.echarts.init(canvas, null, { renderer: "canvas" });
  chart.setOption(options(data));
  chart.on("click", ({ dataIndex }) => data.urls?.[dataIndex] && location.assign(data.urls[dataIndex]));
  new ResizeObserver(() => chart.resize()).observe(canvas);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.setOption(options(data), true));
}

for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);

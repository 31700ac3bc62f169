// Draws what a chart's frame tells (templates/parts/chart.html): numbers come as JSON, colours from our tokens.
// Without this script, or without a screen, the table behind each chart says the same.
const echarts = window.echarts;
const dark = matchMedia("(prefers-color-scheme: dark)");
const drawn = [];

// a token in the colours of this moment: light-dark() is only settled on an element that wears it
function colours(place) {
  const probe = document.createElement("span");
  place.append(probe);
  const of = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(["ink", "ink-soft", "hairline", "edge", "flame", "lantern", "sunk", "surface"].map((n) => [n, of(n)]));
  probe.remove();
  return found;
}

const number = (value) => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

// the state before is a soft band, the state after a line or a bar in front of it
function seriesOf(told, series, paint) {
  const after = series.as !== "before";
  if (told.kind === "bars") {
    return { name: series.name, type: "bar", data: series.values, barGap: "10%", itemStyle: { color: after ? paint.flame : paint.edge } };
  }
  return {
    name: series.name, type: "line", step: "middle", symbol: "none", data: series.values, z: after ? 3 : 2,
    lineStyle: { width: after ? 1.6 : 0.8, color: after ? paint.lantern : paint.edge },
    areaStyle: after ? undefined : { color: paint.edge, opacity: 0.22 },
    emphasis: { disabled: true },
    markLine: after ? weekLines(told, paint) : undefined,
  };
}

function weekLines(told, paint) {
  const days = told.labels.map((_label, i) => i).filter((i) => i && i % 24 === 0);
  return {
    silent: true, symbol: "none", label: { show: false }, animation: false,
    lineStyle: { color: paint.hairline, type: "solid", width: 1 },
    data: told.kind === "week" ? days.map((i) => ({ xAxis: i })) : [],
  };
}

function axisOf(told, paint) {
  const week = told.kind === "week";
  return {
    type: "category", data: told.labels, boundaryGap: !week, axisTick: { show: false },
    axisLine: { lineStyle: { color: paint.edge } },
    axisLabel: {
      color: paint["ink-soft"], fontSize: 12, hideOverlap: true,
      interval: week ? (i) => i % 24 === 12 : "auto",
      formatter: week ? (_label, i) => told.days[Math.floor(i / 24)] : undefined,
    },
  };
}

function optionOf(told, place) {
  const paint = colours(place);
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(place).fontFamily, color: paint.ink },
    grid: { left: 4, right: 8, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: {
      trigger: "axis", renderMode: "richText", confine: true, backgroundColor: paint.surface, borderColor: paint.edge,
      textStyle: { color: paint.ink, fontSize: 13 }, axisPointer: { lineStyle: { color: paint["ink-soft"] } },
      formatter: (points) => [points[0].name, ...points.map((p) => `${p.seriesName}: ${number(p.value)}`)].join("\n"),
    },
    xAxis: axisOf(told, paint),
    yAxis: {
      type: "value", splitNumber: 2, minInterval: told.whole ? 1 : 0, max: told.max ?? undefined,
      axisLabel: { color: paint["ink-soft"], fontSize: 12, formatter: number }, splitLine: { lineStyle: { color: paint.hairline } },
    },
    series: told.series.map((series) => seriesOf(told, series, paint)),
  };
}

function draw(place) {
  const told = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption(optionOf(told, place));
  drawn.push({ chart, told, place });
  new ResizeObserver(() => chart.resize()).observe(place);
}

function paintAnew() {
  for (const { chart, told, place } of drawn) {
    chart.setOption(optionOf(told, place), { notMerge: true });
    chart.resize();
  }
}

// charts below the fold, or in a part that is folded, are drawn when they come into sight
function start() {
  const places = document.querySelectorAll("[data-chart]");
  const watch = new IntersectionObserver((seen) => {
    for (const each of seen.filter((one) => one.isIntersecting)) {
      watch.unobserve(each.target);
      draw(each.target);
    }
  }, { rootMargin: "300px" });
  for (const place of places) watch.observe(place);
  dark.addEventListener("change", paintAnew);
  addEventListener("beforeprint", () => {
    for (const place of places) if (!echarts.getInstanceByDom(place)) draw(place);
    document.documentElement.classList.add("printing");
    paintAnew();
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    paintAnew();
  });
}

if (echarts) start();

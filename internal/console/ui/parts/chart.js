// Texts per minute. The chart draws on a canvas and so needs real colours: they are read from the page
// and read again when it turns dark or light.

import { count } from "../lib/format.js";
import { plot } from "../lib/series.js";

// The steps of the time axis: whole minutes, as the data are.
const minutes = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880].map((m) => m * 60);

// throughput draws series() (a function, read reactively) in the organisation's zone.
export function throughput(ctx, series) {
    const { t, watch, uPlot } = ctx;
    let chart, resize, watcher, el;
    const colour = (name) => getComputedStyle(el).getPropertyValue(name).trim();

    const zone = ctx.org()?.timezone;
    const tzDate = (s) => {
        try {
            return zone ? uPlot.tzDate(new Date(s * 1000), zone) : new Date(s * 1000);
        } catch {
            return new Date(s * 1000);
        }
    };

    function options() {
        const hint = colour("--surfaceTxtHintColor"), line = colour("--surfaceAlt2Color"), accent = colour("--tx-accent");
        const axis = { stroke: hint, font: "12px " + getComputedStyle(el).fontFamily, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
        return {
            width: el.clientWidth, height: 200, tzDate,
            legend: { show: false }, cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
            padding: [8, 8, 0, 0],
            scales: { y: { range: (_, __, max) => [0, Math.max(4, Math.ceil(max * 1.1))] } },
            axes: [
                { ...axis, grid: { show: false }, space: 70, size: 32, incrs: minutes, values: (u, at) => at.map((s) => clock(tzDate(s))) },
                { ...axis, size: 48, values: (u, at) => at.map((n) => (Number.isInteger(n) ? count(n) : "")) },
            ],
            series: [{}, {
                label: "texts", stroke: accent, fill: accent, width: 0, points: { show: false },
                paths: uPlot.paths.bars({ size: [0.7, 40], radius: 0.15 }),
            }],
        };
    }

    function draw() {
        if (!el?.isConnected) return;
        chart?.destroy();
        chart = new uPlot(options(), plot(series()), el);
    }

    return t.div({
        className: "tx-chart", role: "img",
        ariaLabel: () => "Texts per minute; the most in one minute were " + count(Math.max(0, ...plot(series())[1])),
        onmount: (mounted) => {
            el = mounted;
            watcher = watch(() => [ctx.ui.scheme(), plot(series())], (now, before) => {
                if (before && now[0] === before[0] && chart) chart.setData(now[1]);
                else queueMicrotask(draw);
            });
            resize = new ResizeObserver(() => chart?.setSize({ width: el.clientWidth, height: 200 }));
            resize.observe(el);
        },
        onunmount: () => {
            watcher?.unwatch();
            resize?.disconnect();
            chart?.destroy();
            chart = null;
        },
    });
}

function clock(d) {
    return d.getHours() % 12 === 0 ? "12:" + two(d.getMinutes()) + (d.getHours() < 12 ? " am" : " pm")
        : (d.getHours() % 12) + ":" + two(d.getMinutes()) + (d.getHours() < 12 ? " am" : " pm");
}

function two(n) {
    return String(n).padStart(2, "0");
}

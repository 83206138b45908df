import { date } from "./format.js";

const minute = 60;

// plot turns a report's series (texts begun per minute) into what the chart draws: seconds, and texts.
// Minutes without a row were quiet and are filled in, unless a run slept for hours: then only the edges
// of the silence are. Two quiet minutes at each end give a short run bars instead of a wall.
export function plot(series) {
    const points = (series || [])
        .map((p) => ({ x: date(p.at), y: p.n || 0 }))
        .filter((p) => p.x)
        .map((p) => ({ x: p.x.getTime() / 1000, y: p.y }))
        .sort((a, b) => a.x - b.x);
    if (!points.length) return [[], []];
    const all = [];
    const quiet = (from, to) => {
        if ((to - from) / minute > 120) {
            all.push({ x: from + minute, y: 0 }, { x: to - minute, y: 0 });
            return;
        }
        for (let x = from + minute; x < to; x += minute) all.push({ x, y: 0 });
    };
    quiet(points[0].x - 3 * minute, points[0].x);
    points.forEach((p, i) => {
        if (i) quiet(points[i - 1].x, p.x);
        all.push(p);
    });
    const last = points[points.length - 1].x;
    quiet(last, last + 3 * minute);
    return [all.map((p) => p.x), all.map((p) => p.y)];
}

// pace is how many texts a second went out lately, from samples of [milliseconds, handed over so far].
export function pace(samples, now, window = 6000) {
    const recent = samples.filter((s) => now - s[0] <= window);
    if (recent.length < 2) return 0;
    const first = recent[0], last = recent[recent.length - 1];
    const seconds = (last[0] - first[0]) / 1000;
    return seconds > 0.5 ? Math.max(0, (last[1] - first[1]) / seconds) : 0;
}

// A run's recipients as one segmented bar, and as a legend with numbers.

import { count, percent } from "../lib/format.js";
import { bar, settled, states } from "../lib/states.js";

// progress is the bar. run is a function, read reactively; the segments stay and only change their width,
// so that they glide.
export function progress(ctx, run) {
    const { t } = ctx;
    const share = (key) => (bar(run()).find((s) => s.key === key)?.share || 0).toFixed(3) + "%";
    return t.div(
        {
            className: "tx-bar", role: "img",
            ariaLabel: () => bar(run()).map((s) => count(s.n) + " " + s.label.toLowerCase()).join(", ") || "nobody yet",
        },
        ...states.map((s) => t.div({ className: "tx-seg " + s.key, title: s.label, style: () => "width: " + share(s.key) })),
    );
}

export function legend(ctx, run) {
    const { t } = ctx;
    return t.ul({ className: "tx-legend" }, ...states.map((s) =>
        t.li({ className: () => "tx-legend-item" + (run()[s.key] ? "" : " none"), title: s.help, "html-data-state": s.key },
            t.span({ className: "tx-dot " + s.key, ariaHidden: true }),
            t.span(null, s.label),
            t.strong({ className: "tx-num" }, () => count(run()[s.key])),
            t.span({ className: "txt-hint" }, () => (run()[s.key] ? percent(run()[s.key], run().recipients) : "")))));
}

export function settledShare(run) {
    return run.recipients ? percent(settled(run), run.recipients) : "0 %";
}

// The line under a text: how it is encoded, how long it is, what it costs in segments. The server counts,
// with the same code that sends, so what is shown here is what is billed.

import { plural } from "../lib/format.js";

// measure(ctx, text, {oncleaned}) is an element; text is a function, read reactively.
export function measure(ctx, text, { oncleaned } = {}) {
    const { t, store, watch } = ctx;
    const data = store({ m: null, failed: false });
    let watcher, timer, turn = 0;
    const ask = async (value) => {
        const mine = ++turn;
        if (!value) { data.m = null; return; }
        try {
            const m = await ctx.api.send("POST", "/api/sms/preview", { text: value });
            if (mine === turn) { data.m = m; data.failed = false; }
        } catch {
            if (mine === turn) data.failed = true;
        }
    };
    return t.div(
        {
            className: "field-help tx-measure", "html-aria-live": "polite",
            onmount: () => {
                watcher = watch(() => {
                    const value = text() || "";
                    clearTimeout(timer);
                    timer = setTimeout(() => ask(value), 250);
                });
            },
            onunmount: () => { watcher?.unwatch(); clearTimeout(timer); },
        },
        () => {
            if (data.failed) return t.span(null, "The length cannot be shown right now.");
            const m = data.m;
            if (!m) return t.span(null, "Up to 160 plain characters fit one segment. {{firstName|there}} is filled in per person.");
            const bad = (m.offending || []).map((o) => o.char).filter((c, i, all) => all.indexOf(c) === i);
            return [
                t.span({ className: "tx-measure-line" },
                    t.strong(null, plural(m.segments, "segment", "segments")), " · ",
                    plural(m.characters, "character", "characters"), " · ",
                    m.encoding === "UCS_2" ? "Unicode (70 a segment)" : "plain (160 a segment)"),
                bad.length && m.encoding === "UCS_2"
                    ? t.span({ className: "tx-measure-hint" },
                        "Because of ", ...bad.slice(0, 8).flatMap((c) => [t.code(null, c), " "]),
                        m.cleanedSegments < m.segments
                            ? "it takes " + m.segments + " instead of " + plural(m.cleanedSegments, "segment", "segments") + ". "
                            : "it is sent as Unicode. ",
                        oncleaned && m.cleaned && m.cleanedSegments < m.segments
                            ? t.button({ type: "button", className: "tx-link", onclick: () => oncleaned(m.cleaned) }, "Use plain characters")
                            : undefined)
                    : undefined,
                ...findings(t, m.findings),
            ];
        },
    );
}

// findings are what could be better about a text, each with a mark of how much it matters. What the line
// above says already is left out.
export function findings(t, all) {
    const icons = { risk: "ri-error-warning-fill", warning: "ri-error-warning-line", hint: "ri-information-line" };
    return (all || []).filter((f) => !f.code.startsWith("unicode")).map((f) =>
        t.span({ className: "tx-finding " + f.severity },
            t.i({ className: icons[f.severity] || icons.hint, ariaHidden: true }), " ", f.message, "."));
}

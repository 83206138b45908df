// Every press of Send, newest first.

import { count, money, plural, when } from "../lib/format.js";
import { runStatus } from "../lib/words.js";
import { isOver, settled } from "../lib/states.js";
import { explain } from "../lib/problem.js";
import { frame, loading, tag, trouble } from "../frame.js";
import { progress } from "../parts/progress.js";
import { live } from "../parts/live.js";

export default (ctx) => {
    const { t, store } = ctx;
    const data = store({ runs: null, names: {}, total: 0, page: 1, problem: "" });

    async function read() {
        try {
            const found = await ctx.api.list("runs", {
                page: data.page, perPage: 20, sort: "-created", expand: "campaign",
                filter: "org = '" + (ctx.org()?.id || "") + "'",
            });
            data.names = { ...data.names, ...Object.fromEntries(found.items.map((r) => [r.id, r.expand?.campaign?.name || "A campaign"])) };
            data.total = found.totalItems;
            data.runs = found.items;
            data.problem = "";
        } catch (err) {
            data.problem = explain(err);
        }
    }
    // A change of a run on the screen is drawn at once; a new one needs the list.
    function onevent(e, again) {
        const at = (data.runs || []).findIndex((r) => r.id === e.record.id);
        if (at < 0 || e.action === "delete") again();
        else data.runs[at] = { ...e.record };
    }

    return frame(
        ctx,
        { title: "Runs", lead: "Every time a campaign was sent.", ...live(ctx, { topics: ["runs/*"], onevent, read }) },
        () => {
            if (data.problem) return trouble(ctx, data.problem, read);
            if (!data.runs) return loading(ctx);
            if (!data.runs.length) {
                return t.div({ className: "tx-empty" },
                    t.i({ className: "ri-send-plane-2-line", ariaHidden: true }),
                    t.p(null, "Nothing was sent yet."),
                    t.a({ className: "btn sm", href: "#/texts/campaigns" }, t.span({ className: "txt" }, "Choose a campaign")));
            }
            return t.ul({ className: "tx-list" }, ...data.runs.map((_, i) => row(ctx, data, i)));
        },
        () => pager(ctx, data, read),
    );
};

function row(ctx, data, i) {
    const { t } = ctx;
    const run = () => data.runs[i] || {};
    return t.li({ className: "tx-row" },
        t.div({ className: "tx-row-main" },
            t.a({ className: "tx-row-title", href: "#/texts/runs/" + run().id }, () => data.names[run().id] || "A campaign"),
            t.div({ className: "txt-hint" }, () => when(run().startedAt || run().sendAt || run().created, ctx.org()?.timezone)),
        ),
        t.div({ className: "tx-row-state" }, () => tag(t, runStatus(run().status))),
        t.div({ className: "tx-row-bar" },
            progress(ctx, run),
            t.div({ className: "txt-hint tx-num" }, () => (isOver(run())
                ? plural(run().delivered || 0, "text", "texts") + " delivered · " + money(run().costMicros, run().currency)
                : count(settled(run())) + " of " + count(run().recipients) + " settled")),
        ),
    );
}

function pager(ctx, data, read) {
    const { t } = ctx;
    const pages = Math.ceil(data.total / 20);
    if (pages < 2) return undefined;
    const turn = (by) => { data.page += by; read(); };
    return t.nav({ className: "tx-pager", ariaLabel: "Pages" },
        t.button({ type: "button", className: "btn sm outline", disabled: data.page <= 1, onclick: () => turn(-1) }, t.span({ className: "txt" }, "Newer")),
        t.span({ className: "txt-hint" }, "Page " + data.page + " of " + pages),
        t.button({ type: "button", className: "btn sm outline", disabled: data.page >= pages, onclick: () => turn(1) }, t.span({ className: "txt" }, "Older")));
}

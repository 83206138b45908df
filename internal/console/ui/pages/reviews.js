// Replies that may be opt-outs, oldest first, each with the days that are left to decide.

import { date, phone, when } from "../lib/format.js";
import { explain } from "../lib/problem.js";
import { frame, loading, tag, trouble } from "../frame.js";
import { live } from "../parts/live.js";

export default (ctx) => {
    const { t, store } = ctx;
    const data = store({ reviews: null, total: 0, busy: "", problem: "" });

    async function read() {
        try {
            const found = await ctx.api.list("reviews", {
                filter: "org = '" + (ctx.org()?.id || "") + "' && status = 'open'", sort: "dueAt", perPage: 50,
            });
            data.reviews = found.items;
            data.total = found.totalItems;
            data.problem = "";
        } catch (err) {
            data.problem = explain(err);
        }
    }

    async function decide(review, decision) {
        if (data.busy) return;
        data.busy = review.id;
        try {
            await ctx.api.send("POST", "/api/sms/reviews/" + review.id, { decision });
            ctx.ui.ok(decision === "opt_out" ? "Recorded as an opt-out. This number gets no more texts." : "Recorded. This number gets texts again.");
        } catch (err) {
            ctx.ui.error(err);
        }
        data.busy = "";
        read();
    }

    return frame(
        ctx,
        {
            title: "Reviews",
            lead: "Replies that may mean “stop”. Nothing is sent to these numbers until somebody decides; the law gives ten business days.",
            ...live(ctx, { topics: ["reviews/*"], onevent: (_, again) => again(), read }),
        },
        () => {
            if (data.problem) return trouble(ctx, data.problem, read);
            if (!data.reviews) return loading(ctx);
            if (!data.reviews.length) {
                return t.div({ className: "tx-empty" }, t.i({ className: "ri-checkbox-circle-line", ariaHidden: true }), t.p(null, "No reply waits for a decision."));
            }
            return t.ul({ className: "tx-list" }, ...data.reviews.map((r) => row(ctx, { ...(r.__raw || r) }, decide)));
        },
        () => (data.total > (data.reviews || []).length ? t.p({ className: "txt-hint" }, "Only the most urgent are shown.") : undefined),
    );
};

function row(ctx, review, decide) {
    const { t } = ctx;
    const button = (decision, className, label) =>
        t.button({ type: "button", className: "btn sm " + className, onclick: () => decide(review, decision) }, t.span({ className: "txt" }, label));
    return t.li({ rid: review.id, className: "tx-row tx-review" },
        t.div({ className: "tx-row-main" },
            t.div({ className: "tx-row-title" }, "“" + review.text + "”"),
            t.div({ className: "txt-hint" }, phone(review.phoneNumber) + " · " + when(review.opened, ctx.org()?.timezone))),
        t.div({ className: "tx-row-state" }, tag(t, clock(review))),
        ctx.me.mayEdit()
            ? t.div({ className: "tx-row-buttons" },
                button("opt_out", "danger tx-opt-out", "It means stop"),
                button("not_opt_out", "outline tx-no-opt-out", "It does not"))
            : undefined);
}

// clock says how long is left, as a coloured label.
function clock(review) {
    const left = Math.floor((date(review.dueAt) - Date.now()) / 86400000);
    const icon = "ri-time-line";
    if (left < 0) return { label: "Overdue", tone: "danger", icon };
    const label = left === 0 ? "Due today" : left === 1 ? "1 day left" : left + " days left";
    return { label, tone: left < 7 ? "warning" : "info", icon };
}

// One run, live: what it is doing, how far it is, what it costs, who was left out and why.

import { count, date, money, percent, phone, plural, when } from "../lib/format.js";
import { reason, runSentence, runStatus } from "../lib/words.js";
import { isOver, settled } from "../lib/states.js";
import { pace } from "../lib/series.js";
import { explain } from "../lib/problem.js";
import { frame, loading, tag, trouble } from "../frame.js";
import { legend, progress } from "../parts/progress.js";
import { throughput } from "../parts/chart.js";
import { ask, busyButton } from "../parts/dialog.js";
import { live } from "../parts/live.js";
import { unknownCard } from "../parts/unknown.js";

export default (ctx, route) => {
    const { t, store } = ctx;
    const id = route.params.id;
    const path = "/api/sms/runs/" + encodeURIComponent(id);
    const data = store({ run: null, report: null, campaign: null, sender: null, problem: "", busy: "", speed: 0 });
    let samples = [];
    const zoned = (at) => when(at, ctx.org()?.timezone);

    // The counters of an event and of a report race: the later write wins.
    function take(run) {
        if (data.run && run.updated && data.run.updated && run.updated < data.run.updated) return;
        data.run = run;
        const now = Date.now();
        samples.push([now, settled(run) - (run.skipped || 0)]);
        samples = samples.filter((s) => now - s[0] < 10000);
        data.speed = isOver(run) ? 0 : pace(samples, now);
    }

    async function read() {
        try {
            const report = await ctx.api.send("GET", path + "/report");
            take(report.run);
            data.report = report;
            data.problem = "";
            if (!data.campaign) {
                data.campaign = await ctx.api.get("campaigns", report.run.campaign, { expand: "sender" });
                data.sender = data.campaign.expand?.sender || null;
            }
        } catch (err) {
            if (!data.run) data.problem = explain(err);
        }
    }
    const view = live(ctx, {
        topics: ["runs/" + id], read,
        onevent: (e, again) => {
            if (e.action === "delete") return;
            take(e.record);
            again();
        },
    });

    async function steer(move, done) {
        data.busy = move;
        try {
            take(await ctx.api.send("POST", path + "/" + move));
            ctx.ui.ok(done);
        } catch (err) {
            ctx.ui.error(err);
        }
        data.busy = "";
        view.again();
    }

    async function cancel() {
        const left = (data.run.queued || 0);
        const sure = await ask(ctx, {
            title: "Cancel this run?",
            text: plural(left, "person who still waits", "people who still wait") + " will not get this text. What has left cannot be called back. This cannot be undone; you can send the campaign to the rest later.",
            yes: "Cancel the run",
        });
        if (sure) steer("cancel", "Canceled. Nothing more goes out.");
    }

    // resend gives back the number that the page shows; where it has changed, the page is read again.
    async function resend(confirm) {
        data.busy = "resend";
        try {
            const { resent } = await ctx.api.send("POST", path + "/resend-unknown", { confirm });
            ctx.ui.ok(plural(resent, "text waits", "texts wait") + " to be sent again.");
        } catch (err) {
            ctx.ui.error(err);
        }
        data.busy = "";
        view.again();
    }

    const status = () => data.run?.status;
    const can = (...from) => ctx.me.mayEdit() && from.includes(status());
    const actions = () => {
        // Only what decides which buttons there are is read here, so that a counter does not rebuild them.
        const out = [];
        if (can("sending", "waiting", "queued", "scheduled")) {
            out.push(busyButton(ctx, { rid: "pause", className: "outline tx-pause", busy: () => data.busy === "pause", icon: "ri-pause-line", onclick: () => steer("pause", "Paused. Nothing goes out until you resume.") }, "Pause"));
        }
        if (can("paused")) {
            out.push(busyButton(ctx, { rid: "resume", className: "success tx-resume", busy: () => data.busy === "resume", icon: "ri-play-line", onclick: () => steer("resume", "Going on.") }, "Resume"));
        }
        if (can("sending", "waiting", "queued", "scheduled", "paused")) {
            out.push(busyButton(ctx, { rid: "cancel", className: "outline danger tx-cancel", busy: () => data.busy === "cancel", icon: "ri-close-line", onclick: cancel }, "Cancel"));
        }
        return out;
    };
    const run = () => data.run || {};

    return frame(
        ctx,
        {
            title: () => data.campaign?.name || "Run",
            back: { href: "#/texts/runs", label: "Runs" },
            actions: () => (status() ? actions() : undefined),
            ...view,
        },
        () => (data.problem ? trouble(ctx, data.problem, read) : data.run === null ? loading(ctx) : undefined),
        t.div({ className: "tx-run", hidden: () => !status() },
            t.div({ className: "tx-status", "html-aria-live": "polite" },
                () => tag(t, runStatus(status())),
                t.span({ className: "tx-sentence" }, () => runSentence(run(), data.report?.forecast, zoned, data.report?.notice))),
            t.section({ className: "tx-card" },
                t.div({ className: "tx-progress-head" },
                    t.div(null,
                        t.span({ className: "tx-big tx-num tx-settled" }, () => count(settled(run()))),
                        t.span({ className: "txt-hint" }, () => " of " + plural(run().recipients || 0, "person", "people") + " settled")),
                    t.div({ className: "tx-num txt-hint" }, () => (status() === "sending" && data.speed >= 0.5 ? count(Math.round(data.speed)) + " a second" : ""))),
                progress(ctx, run),
                legend(ctx, run)),
            t.div({ className: "tx-figures" },
                stat(t, () => money(run().costMicros, run().currency), "cost so far", () => plural(run().segments || 0, "segment", "segments")),
                stat(t, () => reached(run()), "delivered of those sent", () => (run().undelivered || run().failed ? plural((run().undelivered || 0) + (run().failed || 0), "failed", "failed") : "")),
                stat(t, () => count(run().replies), "replies", () => ""),
                stat(t, () => count(run().optedOut), "opted out", () => (run().optedOut && run().delivered ? percent(run().optedOut, run().delivered) + " of those delivered" : ""))),
            t.section({ className: "tx-card" },
                t.h2({ className: "tx-h2" }, "Texts per minute"),
                () => (data.report?.series?.length
                    ? chart(ctx, data)
                    : t.p({ className: "txt-hint" }, "Nothing has gone out yet."))),
            t.div({ className: "tx-two" },
                t.section({ className: "tx-card" },
                    t.h2({ className: "tx-h2" }, "Who was left out"),
                    () => skipped(t, data.report)),
                t.section({ className: "tx-card" },
                    t.h2({ className: "tx-h2" }, "What went wrong"),
                    () => errors(t, data.report, run()))),
            () => unknownCard(ctx, { report: data.report, zoned, busy: () => data.busy === "resend", run: resend }),
            t.section({ className: "tx-card" },
                t.h2({ className: "tx-h2" }, "The text"),
                () => (text(data)
                    ? t.div({ className: "tx-bubbles" }, t.div({ className: "tx-bubble", textContent: text(data) }))
                    : t.p({ className: "txt-hint" }, "…")),
                t.p({ className: "txt-hint tx-facts-line" }, () => facts(data, zoned))),
        ),
    );

    // The chart keeps its element; its data come in by themselves.
    function chart() {
        return t.div({ rid: "chart" }, throughput(ctx, () => data.report?.series || []));
    }
};

function stat(t, value, label, small) {
    return t.div({ className: "tx-figure" },
        t.div({ className: "tx-figure-value" }, value),
        t.div({ className: "tx-figure-label" }, label),
        t.div({ className: "tx-figure-small" }, small));
}

function reached(run) {
    const ended = (run.delivered || 0) + (run.undelivered || 0) + (run.failed || 0);
    return ended ? percent(run.delivered || 0, ended) : "–";
}

// text is what was sent: the run's own copy, taken when Send was pressed.
function text(data) {
    return data.run?.snapshot?.text || data.campaign?.messageBody || "";
}

function facts(data, zoned) {
    const r = data.run || {};
    return [
        data.sender ? "From " + (phone(data.sender.number) || data.sender.name) : "",
        r.startedAt && date(r.startedAt) ? "started " + zoned(r.startedAt) : "",
        r.finishedAt && date(r.finishedAt) ? "ended " + zoned(r.finishedAt) : "",
    ].filter(Boolean).join(" · ");
}

function skipped(t, report) {
    const rows = report?.skipped || [];
    if (!rows.length) return t.p({ className: "txt-hint" }, "Nobody.");
    return t.ul({ className: "tx-reasons" }, ...rows.map((s) =>
        t.li({ "html-data-reason": s.reason }, t.strong({ className: "tx-num" }, count(s.n)), t.span(null, reason(s.reason, s.words)))));
}

function errors(t, report, run) {
    const rows = report?.errors || [];
    if (!rows.length) {
        return t.p({ className: "txt-hint" }, run.unknown
            ? plural(run.unknown, "text has", "texts have") + " no known outcome. A late receipt may still settle that."
            : "Nothing.");
    }
    return t.ul({ className: "tx-errors" }, ...rows.map((e) =>
        t.li(null,
            t.div({ className: "tx-error-head" },
                t.strong({ className: "tx-num" }, count(e.n)),
                t.span(null, e.meaning || "Plivo’s code " + e.code),
                t.code({ className: "txt-hint" }, e.code)),
            e.remedy ? t.div({ className: "txt-hint" }, e.remedy) : undefined)));
}

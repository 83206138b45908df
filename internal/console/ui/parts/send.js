// The last look before a campaign goes out: who gets it, who does not and why, when, for how much.

import { count, countries, date, money, phone, plural, when } from "../lib/format.js";
import { capital, reason } from "../lib/words.js";
import { explain, Problem } from "../lib/problem.js";
import { busyButton, field, notice, open } from "./dialog.js";
import { findings } from "./measure.js";

// token is fresh randomness. crypto.randomUUID is missing on plain http outside localhost.
function token() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

// openSend shows the estimate and sends. It resolves with the run's id, or undefined.
export async function openSend(ctx, campaign) {
    const { t, store } = ctx;
    // One key for one intention: pressing twice, or again after a lost answer, makes one run. The two
    // kinds of sending are two intentions.
    const keys = { all: token(), rest: token() };
    const data = store({ estimate: null, sender: null, problem: "", busy: false, earlier: "", earlierOpen: false });

    async function prepare() {
        try {
            const [runs, sender] = await Promise.all([
                ctx.api.list("runs", { filter: "campaign = '" + campaign.id + "'", sort: "-created", perPage: 1, fields: "id,status" }),
                campaign.sender ? ctx.api.get("senders", campaign.sender).catch(() => null) : null,
            ]);
            data.sender = sender;
            data.earlier = runs.items[0]?.id || "";
            data.earlierOpen = !!runs.items[0] && !["finished", "canceled"].includes(runs.items[0].status);
            // After a run only those are meant whom it has not reached.
            data.estimate = await ctx.api.send("POST", "/api/sms/campaigns/" + campaign.id + "/estimate", { newOnly: !!data.earlier });
        } catch (err) {
            data.problem = explain(err);
        }
    }

    async function send(close, newOnly) {
        if (data.busy) return;
        data.busy = true;
        data.problem = "";
        try {
            const answer = await ctx.api.send("POST", "/api/sms/campaigns/" + campaign.id + "/send",
                newOnly ? { newOnly: true } : {}, { "Idempotency-Key": newOnly ? keys.rest : keys.all });
            close(answer.runId);
        } catch (err) {
            if (err instanceof Problem && err.is("already_sent")) {
                data.estimate = null;
                await prepare(); // somebody else was quicker: what is left to do?
                if (newOnly) data.problem = err.words;
            } else if (err instanceof Problem && err.status === 0) {
                data.problem = "No answer from the server. Press the button again: the same press never sends twice.";
            } else {
                data.problem = explain(err);
            }
        }
        data.busy = false;
    }

    prepare();
    const later = date(campaign.sendAt);
    const answer = await open(ctx, (close) => ({
        title: "Send “" + (campaign.name || "this campaign") + "”?",
        wide: true,
        body: () => {
            if (!data.estimate) {
                if (data.problem) return notice(ctx, "danger", data.problem);
                return t.div({ className: "tx-waiting", "html-aria-live": "polite" },
                    t.span({ className: "loader" }), t.span(null, "Working out who gets it…"));
            }
            if (data.earlier && data.earlierOpen) {
                return notice(ctx, "warning", "This campaign has a run that has not ended. When it is over, you can send the campaign to people it has not reached. To change who gets it or when, cancel that run first.");
            }
            return estimateView(ctx, data, campaign, () => close({ open: data.earlier }));
        },
        footer: [
            t.button({ type: "button", className: "btn transparent tx-first", onclick: () => close() }, t.span({ className: "txt" }, "Not now")),
            () => {
                if (!data.estimate) return undefined;
                if (data.earlier && data.earlierOpen) {
                    return t.button({ type: "button", className: "btn", onclick: () => close({ open: data.earlier }) }, t.span({ className: "txt" }, "Look at that run"));
                }
                const n = data.estimate.recipients;
                const nobody = !n;
                if (data.earlier) {
                    return busyButton(ctx, {
                        className: "tx-send-rest", busy: () => data.busy, disabled: () => nobody, icon: "ri-user-add-line",
                        onclick: () => send(close, true),
                    }, "Only people it has not reached yet");
                }
                return busyButton(ctx, {
                    className: "tx-send-now", busy: () => data.busy, disabled: () => nobody, icon: later ? "ri-calendar-schedule-line" : "ri-send-plane-2-fill",
                    onclick: () => send(close, false),
                }, (later ? "Schedule for " : "Send to ") + plural(n, "person", "people"));
            },
        ],
    }));
    return answer?.open || answer;
}

function estimateView(ctx, data, campaign, toRun) {
    const { t } = ctx;
    const e = data.estimate;
    const excluded = Object.entries(e.excluded || {}).filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
    const left = excluded.reduce((sum, [, n]) => sum + n, 0);
    const zoned = (at) => when(at, ctx.org()?.timezone);
    const future = date(campaign.sendAt);
    return t.div({ className: "tx-stack" },
        () => (data.earlier
            ? notice(ctx, "warning",
                t.p(null, "This campaign was sent before. Nobody gets it twice: you can send it to the people it has not reached yet."),
                t.p(null, t.button({ type: "button", className: "tx-link", onclick: toRun }, "Look at that run")))
            : undefined),
        t.section({ className: "tx-figures" },
            figure(t, count(e.recipients), e.recipients === 1 ? "person gets it" : "people get it", "", "tx-recipients"),
            figure(t, count(e.segments), e.segments === 1 ? "segment" : "segments", "what Plivo bills"),
            figure(t, money(e.costMicros, e.currency), "estimated cost", e.costWorstMicros > e.costMicros ? "at most " + money(e.costWorstMicros, e.currency) : ""),
        ),
        (e.unpricedCountries || []).length
            ? t.p({ className: "txt-hint" }, "Plivo tells no price for " + countries(e.unpricedCountries) + ", so what that costs is guessed, rather too high than too low.")
            : undefined,
        t.dl({ className: "tx-facts" },
            t.dt(null, "From"),
            t.dd(null, data.sender ? senderName(data.sender) : "no sender chosen"),
            t.dt(null, "First text"),
            t.dd(null, e.firstSendAt ? zoned(e.firstSendAt) + (future ? "" : " (at once)") : "none"),
            t.dt(null, "Last text"),
            t.dd(null, e.lastSendAt ? zoned(e.lastSendAt) : "none"),
        ),
        e.notice ? notice(ctx, "warning", capital(e.notice) + ".") : undefined,
        left
            ? t.section(null,
                t.h3({ className: "tx-h3" }, plural(left, "person does not get it", "people do not get it")),
                t.ul({ className: "tx-reasons" }, ...excluded.map(([code, n]) =>
                    t.li(null, t.strong({ className: "tx-num" }, count(n)), t.span(null, reason(code))))))
            : t.p({ className: "txt-hint" }, "Everybody in the audience gets it."),
        (e.samples || []).length
            ? t.section(null,
                t.h3({ className: "tx-h3" }, "How it looks"),
                t.div({ className: "tx-bubbles" }, ...e.samples.map((s) => bubble(t, s))))
            : undefined,
        (e.findings || []).length ? t.section({ className: "tx-measure" }, ...findings(t, e.findings)) : undefined,
        () => (data.problem ? notice(ctx, "danger", data.problem) : undefined));
}

function figure(t, value, label, small, className = "") {
    return t.div({ className: "tx-figure " + className },
        t.div({ className: "tx-figure-value" }, value),
        t.div({ className: "tx-figure-label" }, label),
        small ? t.div({ className: "tx-figure-small" }, small) : undefined);
}

export function senderName(s) {
    const number = phone(s.number);
    return s.name && number && s.name !== s.number ? s.name + " (" + number + ")" : number || s.name;
}

export function bubble(t, sample) {
    return t.figure({ className: "tx-sample" },
        t.div({ className: "tx-bubble", textContent: sample.text }),
        t.figcaption({ className: "txt-hint" },
            [phone(sample.phoneNumber), sample.segments ? plural(sample.segments, "segment", "segments") : "",
                sample.encoding === "UCS_2" ? "with characters that need Unicode" : ""].filter(Boolean).join(" · ")));
}

// openTest asks for a number and sends one marked text.
export function openTest(ctx, campaign) {
    const { t, store } = ctx;
    const data = store({ to: localStorage.getItem("tidingsTestNumber") || "", problem: "", busy: false });
    return open(ctx, (close) => {
        const submit = async (e) => {
            e?.preventDefault();
            if (data.busy || !data.to.trim()) return;
            data.busy = true;
            data.problem = "";
            try {
                await ctx.api.send("POST", "/api/sms/campaigns/" + campaign.id + "/test", { to: data.to });
                localStorage.setItem("tidingsTestNumber", data.to);
                ctx.ui.ok("The test text is on its way to " + data.to + ".");
                close(true);
            } catch (err) {
                data.problem = explain(err);
            }
            data.busy = false;
        };
        return {
            title: "Send a test",
            body: t.form({ className: "tx-form", onsubmit: submit },
                t.p({ className: "txt-hint" }, "One text, marked as a test, goes out at once. Nobody else gets anything, and it does not count as sending the campaign. The text is the one that was last saved."),
                field(ctx, {
                    label: "To which number?", required: true, error: () => data.problem,
                    help: "Any way of writing it: +1 212 555 0123 or (212) 555-0123.",
                    input: (p) => t.input({ ...p, type: "tel", name: "to", autocomplete: "tel", required: true, autofocus: true, value: data.to, oninput: (e) => (data.to = e.target.value) }),
                })),
            footer: [
                t.button({ type: "button", className: "btn transparent tx-first", onclick: () => close() }, t.span({ className: "txt" }, "Cancel")),
                busyButton(ctx, { className: "", busy: () => data.busy, onclick: submit, icon: "ri-smartphone-line" }, "Send the test"),
            ],
        };
    });
}

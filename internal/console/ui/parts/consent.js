// What a person said about being texted, and whether a text would go out now.

import { phone, when } from "../lib/format.js";
import { rule } from "../lib/words.js";
import { explain } from "../lib/problem.js";
import { busyButton, field, notice, open } from "./dialog.js";

export const methods = [
    ["web_form", "A form on a web site"],
    ["paper", "Paper, signed or filled in"],
    ["verbal", "By word of mouth"],
    ["keyword", "Texted a keyword to us"],
    ["qr", "Scanned a code"],
    ["import", "Brought along from another system"],
    ["api", "Another program of ours"],
    ["reply", "Answered one of our texts"],
    ["operator", "Set right by hand"],
];

// openConsent records that a person agreed, or took it back. Resolves with the subscriber.
export function openConsent(ctx, subscriber) {
    const { t, store } = ctx;
    const data = store({ action: "granted", method: "web_form", text: "", problem: "", busy: false });
    return open(ctx, (close) => {
        const submit = async (e) => {
            e?.preventDefault();
            if (data.busy) return;
            data.busy = true;
            data.problem = "";
            try {
                const saved = await ctx.api.send("POST", "/api/sms/consents", {
                    phoneNumber: subscriber.phoneNumber, action: data.action, method: data.method, text: data.text,
                });
                ctx.ui.ok(data.action === "granted" ? "The consent is on record." : "The refusal is on record. No more texts go to this number.");
                close(saved);
            } catch (err) {
                data.problem = explain(err);
            }
            data.busy = false;
        };
        return {
            title: "Record consent of " + phone(subscriber.phoneNumber),
            body: t.form({ className: "tx-form", onsubmit: submit },
                t.fieldset({ className: "tx-choice" },
                    t.legend(null, "What did the person say?"),
                    ...[["granted", "Yes, text me"], ["revoked", "No more texts"]].map(([value, label]) =>
                        t.label(null,
                            t.input({ type: "radio", name: "action", value, checked: data.action === value, onchange: () => (data.action = value) }),
                            t.span(null, label)))),
                field(ctx, {
                    label: "How?", required: true,
                    input: (p) => t.select({ ...p, onchange: (e) => (data.method = e.target.value) },
                        ...methods.map(([value, label]) => t.option({ value, selected: value === data.method }, label))),
                }),
                field(ctx, {
                    label: "The words",
                    help: "What the person read or heard when agreeing, word for word, and where. If somebody complains in four years, this is what you show. It cannot be changed afterwards.",
                    input: (p) => t.textarea({ ...p, rows: 4, oninput: (e) => (data.text = e.target.value), placeholder: "“Yes, send me weekly offers by text. Reply STOP to end.” Form at the till, 3 May" }),
                }),
                () => (data.problem ? notice(ctx, "danger", data.problem) : undefined)),
            footer: [
                t.button({ type: "button", className: "btn transparent tx-first", onclick: () => close() }, t.span({ className: "txt" }, "Cancel")),
                busyButton(ctx, { className: "", busy: () => data.busy, onclick: submit, icon: "ri-quill-pen-line" }, "Record it"),
            ],
        };
    });
}

// openEligibility answers: would this person get a campaign's text now, and why (not)?
export function openEligibility(ctx, subscriber) {
    const { t, store } = ctx;
    const data = store({ answer: null, problem: "" });
    ctx.api.send("GET", "/api/sms/subscribers/" + subscriber.id + "/eligibility")
        .then((answer) => (data.answer = answer), (err) => (data.problem = explain(err)));
    return open(ctx, (close) => ({
        title: "Would " + (subscriber.firstName || phone(subscriber.phoneNumber)) + " get a text now?",
        body: () => {
            if (data.problem) return notice(ctx, "danger", data.problem);
            if (!data.answer) return t.div({ className: "tx-waiting" }, t.span({ className: "loader" }), t.span(null, "Asking…"));
            const a = data.answer;
            return [
                notice(ctx, a.allowed ? "success" : "warning",
                    a.allowed ? "Yes. A campaign’s text would go out now."
                        : a.nextAllowedAt ? "Not now. The next allowed moment is " + when(a.nextAllowedAt, ctx.org()?.timezone) + "."
                            : "No."),
                t.ul({ className: "tx-verdicts" }, ...a.reasons.map((r) =>
                    t.li({ className: r.allowed ? "yes" : "no" },
                        t.i({ className: r.allowed ? "ri-check-line" : "ri-close-line", ariaHidden: true }),
                        t.div(null,
                            t.strong(null, rule(r.rule)),
                            t.span({ className: "tx-sr" }, r.allowed ? " (passes): " : " (refuses): "),
                            t.div({ className: "txt-hint" }, r.detail))))),
            ];
        },
        footer: t.button({ type: "button", className: "btn", autofocus: true, onclick: () => close() }, t.span({ className: "txt" }, "Close")),
    }));
}

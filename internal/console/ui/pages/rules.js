// Which rules about hours, days and caps are in force, and where each is from. Superusers edit rows
// and switch states of emergency; everybody else reads.

import { explain } from "../lib/problem.js";
import { frame, loading, tag, trouble } from "../frame.js";
import { ask, notice } from "../parts/dialog.js";
import { live } from "../parts/live.js";
import { editRule, editSettings } from "../parts/lawrows.js";

const sure = {
    high: { label: "Sure", tone: "success", icon: "ri-checkbox-circle-line" },
    medium: { label: "Likely", tone: "info", icon: "ri-question-line" },
    low: { label: "Unsure", tone: "warning", icon: "ri-error-warning-line" },
};

export default (ctx) => {
    const { t, store } = ctx;
    const data = store({ law: null, own: [], settings: null, problem: "" });

    async function read() {
        try {
            const [law, own, settings] = await Promise.all([
                ctx.api.send("GET", "/api/sms/rules"),
                ctx.api.list("rule_rows", { perPage: 500, sort: "place,date" }),
                ctx.api.list("rule_settings", { perPage: 1 }),
            ]);
            data.own = own.items;
            data.settings = settings.items[0] || null;
            data.law = law;
            data.problem = "";
        } catch (err) {
            data.problem = explain(err);
        }
    }

    const mayEdit = () => ctx.me.superuser === true;
    const plain = (value) => JSON.parse(JSON.stringify(value || null));
    const ownOf = (place, date = "") => plain(data.own.find((r) => r.place === place && (r.date || "") === date));

    async function edit(row) {
        if (!(await editRule(ctx, { row, own: row && ownOf(row.place) }))) return;
        ctx.ui.ok("Saved. The rule is in force.");
        read();
    }

    async function settings() {
        if (!(await editSettings(ctx, plain(data.settings)))) return;
        ctx.ui.ok("Saved. It is in force.");
        read();
    }

    async function emergency(row) {
        const on = !row.emergency;
        if (!(await ask(ctx, {
            title: on ? "Stop all texts to " + row.name + "?" : "Allow texts to " + row.name + " again?",
            text: on ? "While a state of emergency lasts, nothing is sent there. Texts with no other opening in eight days are skipped."
                : "The usual hours hold again from now on.",
            yes: on ? "Stop them" : "Allow them",
        }))) return;
        const own = ownOf(row.place);
        try {
            if (own) await ctx.api.update("rule_rows", own.id, { emergency: on });
            else await ctx.api.create("rule_rows", { place: row.place, emergency: on });
        } catch (err) {
            ctx.ui.error(err);
        }
        read();
    }

    return frame(
        ctx,
        {
            title: "Rules", lead: "When the law lets you text whom. Not legal advice: show it to your lawyer, and correct it.",
            actions: () => (mayEdit()
                ? [
                    t.button({ type: "button", className: "btn outline", onclick: settings }, t.span({ className: "txt" }, "Settings")),
                    t.button({ type: "button", className: "btn tx-new-rule", onclick: () => edit() },
                        t.i({ className: "ri-add-line", ariaHidden: true }), t.span({ className: "txt" }, "New rule")),
                ]
                : undefined),
            ...live(ctx, { topics: ["rule_rows/*", "rule_settings/*"], onevent: (_, again) => again(), read }),
        },
        () => {
            if (data.problem) return trouble(ctx, data.problem, read);
            if (!data.law) return loading(ctx);
            const law = plain(data.law);
            const closed = law.rows.filter((r) => r.emergency).map((r) => r.name);
            return t.div(null,
                closed.length ? notice(ctx, "warning", "A state of emergency holds in " + closed.join(", ") + ": nothing is sent there.") : undefined,
                t.p({ className: "txt-hint tx-rules-version" },
                    "Version " + law.version + " · "
                    + (law.profile === "strict" ? "strict: every rule binds" : "consented: rules that speak of the unsolicited only do not bind")
                    + " · hours close " + law.closingMarginMinutes + " minutes early, so that nothing arrives late. "
                    + "Where several places are possible, all their rules hold at once."),
                t.ul({ className: "tx-list" }, ...law.rows.map((r) => row(ctx, law, r, { mayEdit, edit, emergency }))));
        },
    );
};

function row(ctx, law, r, { mayEdit, edit, emergency }) {
    const { t } = ctx;
    const days = law.days.filter((d) => d.place === r.place).map((d) => (d.name || "Closed") + " " + d.date);
    const holidays = !r.holidays ? "" : r.holidays === "-" ? "holidays none" : "holidays " + r.holidays;
    const hours = r.weekdays === r.saturday && r.weekdays === r.sunday
        ? "every day " + r.weekdays
        : "Mon-Fri " + none(r.weekdays) + " · Sat " + none(r.saturday) + " · Sun " + none(r.sunday);
    return t.li({ rid: r.place + JSON.stringify(r) + days, className: "tx-row tx-rule" },
        t.div({ className: "tx-row-main" },
            t.div({ className: "tx-row-title" }, r.name.charAt(0).toUpperCase() + r.name.slice(1)),
            t.div(null, [hours, holidays, r.cap ? "at most " + r.cap + " texts in 24 hours" : "", ...days].filter(Boolean).join(" · ")),
            t.div({ className: "txt-hint" }, [r.source, r.date, r.note].filter(Boolean).join(" · "))),
        t.div({ className: "tx-row-state" },
            r.emergency ? tag(t, { label: "Emergency", tone: "danger", icon: "ri-alarm-warning-line" }) : undefined,
            r.exempt ? tag(t, { label: "Does not bind", tone: "", icon: "ri-subtract-line" }) : undefined,
            r.edited ? tag(t, { label: "Yours", tone: "accent", icon: "ri-edit-line" }) : undefined,
            sure[r.confidence] ? tag(t, sure[r.confidence]) : undefined),
        mayEdit()
            ? t.div({ className: "tx-row-buttons" },
                t.button({ type: "button", className: "btn sm transparent", onclick: () => edit(r) }, t.span({ className: "txt" }, "Edit")),
                t.button({ type: "button", className: "btn sm transparent tx-emergency", onclick: () => emergency(r) },
                    t.span({ className: "txt" }, r.emergency ? "End emergency" : "Emergency")))
            : undefined);
}

const none = (text) => (text === "-" ? "none" : text);

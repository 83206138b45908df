// Where somebody new starts: five steps to the first campaign, and what is still missing.

import { count, plural, when } from "../lib/format.js";
import { runStatus } from "../lib/words.js";
import { explain } from "../lib/problem.js";
import { frame, loading, tag, trouble } from "../frame.js";
import { progress } from "../parts/progress.js";
import { editCampaign, newList, newSender } from "../parts/forms.js";
import { live } from "../parts/live.js";
import { notice } from "../parts/dialog.js";

export default (ctx) => {
    const { t, store } = ctx;
    const data = store({ facts: null, runs: [], names: {}, problem: "" });

    async function read() {
        const org = ctx.org();
        if (!org) {
            data.problem = "You are not a member of any organisation yet. Ask its owner to add you.";
            return;
        }
        const filter = "org = '" + org.id + "'";
        const number = (collection, more = "") =>
            ctx.api.list(collection, { filter: filter + more, perPage: 1, fields: "id" }).then((r) => r.totalItems);
        try {
            const [senders, lists, subscribers, subscribed, campaigns, reviews, runs] = await Promise.all([
                number("senders", " && enabled = true"), number("lists", " && archived = false"), number("subscribers"),
                number("subscribers", " && status = 'subscribed'"), number("campaigns", " && archived = false"),
                number("reviews", " && status = 'open'"),
                ctx.api.list("runs", { filter, sort: "-created", perPage: 5, expand: "campaign" }),
            ]);
            data.names = Object.fromEntries(runs.items.map((r) => [r.id, r.expand?.campaign?.name || "A campaign"]));
            data.runs = runs.items;
            data.facts = { senders, lists, subscribers, subscribed, campaigns, reviews, runs: runs.totalItems };
            data.problem = "";
        } catch (err) {
            data.problem = explain(err);
        }
    }
    const made = (done) => (record) => {
        if (!record) return;
        ctx.ui.ok(done);
        read();
    };

    async function write() {
        const filter = "org = '" + ctx.org().id + "'";
        const all = (collection, more, sort) => ctx.api.list(collection, { filter: filter + more, sort, perPage: 200 }).then((r) => r.items);
        try {
            const [senders, lists, segments] = await Promise.all([
                all("senders", " && enabled = true", "created"), all("lists", " && archived = false", "name"), all("segments", "", "name"),
            ]);
            made("The campaign is saved. Nothing was sent yet.")(await editCampaign(ctx, { senders, lists, segments }));
        } catch (err) {
            ctx.ui.error(err);
        }
    }

    const steps = (f) => [
        {
            done: f.senders > 0, title: "A number to send from", said: plural(f.senders, "sender", "senders"),
            text: "The number that people see. For a try without an account, any number does in the sandbox.",
            action: "Add a sender", owner: true, onclick: () => newSender(ctx).then(made("The sender is saved.")),
        },
        {
            done: f.lists > 0, title: "A list", said: plural(f.lists, "list", "lists"),
            text: "A name for the people who get the same texts.",
            action: "Make a list", onclick: () => newList(ctx).then(made("The list is saved.")),
        },
        {
            done: f.subscribed > 0, title: "People who agreed",
            said: count(f.subscribed) + " of " + plural(f.subscribers, "person", "people") + " agreed to get texts",
            text: f.subscribers ? plural(f.subscribers, "person is", "people are") + " here, but nobody’s consent is on record. Import them again with it." : "Upload a file with their numbers, and how they agreed.",
            action: "Import a file", href: "#/texts/import",
        },
        {
            done: f.campaigns > 0, title: "A campaign", said: plural(f.campaigns, "campaign", "campaigns"),
            text: "Write the text and choose whom it is for. Saving it sends nothing.",
            action: "Write a campaign", onclick: write,
        },
        {
            done: f.runs > 0, title: "Send it", said: plural(f.runs, "run", "runs"),
            text: "You see who gets it, who does not and why, and what it costs, before anything goes out.",
            action: "Choose a campaign", href: "#/texts/campaigns",
        },
    ];

    return frame(
        ctx,
        {
            title: () => ctx.org()?.name || "Texts",
            actions: () => (data.facts?.runs && ctx.me.mayEdit()
                ? t.button({ type: "button", className: "btn", onclick: write }, t.i({ className: "ri-add-line", ariaHidden: true }), t.span({ className: "txt" }, "New campaign"))
                : undefined),
            ...live(ctx, { topics: ["runs/*", "imports/*", "reviews/*"], onevent: (_, again) => again(), read }),
        },
        () => {
            if (data.problem) return trouble(ctx, data.problem, read);
            if (!data.facts) return loading(ctx);
            const all = steps(data.facts);
            const first = all.findIndex((s) => !s.done);
            return [
                data.facts.reviews ? waiting(ctx, data.facts.reviews) : undefined,
                first < 0 ? totals(t, data.facts) : guide(ctx, all, first),
                data.runs.length ? latest(ctx, data) : undefined,
            ].filter(Boolean);
        },
    );
};

// waiting leads to replies that a person has to decide on.
function waiting(ctx, n) {
    return notice(ctx, "warning", ctx.t.a({ href: "#/texts/reviews" },
        plural(n, "reply may be an opt-out and waits", "replies may be opt-outs and wait") + " for your decision"));
}

function guide(ctx, steps, first) {
    const { t } = ctx;
    const done = steps.filter((s) => s.done).length;
    return t.section({ className: "tx-card tx-guide" },
        t.h2({ className: "tx-h2" }, done ? "Still to do before your first campaign" : "Your first campaign in five steps"),
        t.ol({ className: "tx-steps" }, ...steps.map((s, i) =>
            t.li({ className: "tx-step" + (s.done ? " done" : i === first ? " next" : "") },
                t.span({ className: "tx-step-mark", ariaHidden: true }, s.done ? t.i({ className: "ri-check-line" }) : String(i + 1)),
                t.div({ className: "tx-step-body" },
                    t.div({ className: "tx-step-title" }, s.title, s.done ? t.span({ className: "tx-sr" }, " (done)") : undefined),
                    t.div({ className: "txt-hint" }, s.done ? s.said : s.text)),
                s.done || !allowed(ctx, s) ? undefined : action(t, s, i === first)))));
}

function allowed(ctx, step) {
    return step.owner ? ctx.me.isOwner() : ctx.me.mayEdit();
}

function action(t, step, primary) {
    const className = "btn sm " + (primary ? "" : "outline");
    return step.href
        ? t.a({ className, href: step.href }, t.span({ className: "txt" }, step.action))
        : t.button({ type: "button", className, onclick: step.onclick }, t.span({ className: "txt" }, step.action));
}

function totals(t, f) {
    const card = (value, label, small, href) =>
        t.a({ className: "tx-figure", href },
            t.div({ className: "tx-figure-value" }, value), t.div({ className: "tx-figure-label" }, label), t.div({ className: "tx-figure-small" }, small));
    return t.div({ className: "tx-figures" },
        card(count(f.subscribed), "agreed to get texts", "of " + plural(f.subscribers, "person", "people"), "#/texts/import"),
        card(count(f.campaigns), f.campaigns === 1 ? "campaign" : "campaigns", "", "#/texts/campaigns"),
        card(count(f.runs), f.runs === 1 ? "run" : "runs", "", "#/texts/runs"));
}

function latest(ctx, data) {
    const { t } = ctx;
    return t.section({ className: "tx-section" },
        t.h2({ className: "tx-h2" }, "Latest runs"),
        t.ul({ className: "tx-list" }, ...data.runs.map((raw) => {
            const run = { ...(raw.__raw || raw) };
            return t.li({ className: "tx-row" },
                t.div({ className: "tx-row-main" },
                    t.a({ className: "tx-row-title", href: "#/texts/runs/" + run.id }, data.names[run.id]),
                    t.div({ className: "txt-hint" }, when(run.startedAt || run.sendAt || run.created, ctx.org()?.timezone))),
                t.div({ className: "tx-row-state" }, tag(t, runStatus(run.status))),
                t.div({ className: "tx-row-bar" }, progress(ctx, () => run)));
        })));
}

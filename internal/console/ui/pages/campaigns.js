// The campaigns: what is written, and what became of it.

import { phone, when } from "../lib/format.js";
import { runStatus } from "../lib/words.js";
import { isOver } from "../lib/states.js";
import { explain } from "../lib/problem.js";
import { frame, loading, tag, trouble } from "../frame.js";
import { openSend, openTest } from "../parts/send.js";
import { editCampaign } from "../parts/forms.js";
import { live } from "../parts/live.js";

export default (ctx) => {
    const { t, store } = ctx;
    const data = store({ campaigns: null, runs: {}, senders: [], lists: [], segments: [], problem: "", more: false });

    async function read() {
        const filter = "org = '" + (ctx.org()?.id || "") + "'";
        try {
            const [campaigns, runs, senders, lists, segments] = await Promise.all([
                ctx.api.list("campaigns", { filter: filter + " && archived = false", sort: "-created", perPage: 50 }),
                ctx.api.list("runs", { filter, sort: "-created", perPage: 100, fields: "id,campaign,status,created,startedAt,sendAt" }),
                ctx.api.list("senders", { filter: filter + " && enabled = true", sort: "created", perPage: 100 }),
                ctx.api.list("lists", { filter: filter + " && archived = false", sort: "name", perPage: 200 }),
                ctx.api.list("segments", { filter, sort: "name", perPage: 200, fields: "id,name" }),
            ]);
            const last = {};
            for (const r of runs.items) last[r.campaign] = last[r.campaign] || r;
            data.runs = last;
            data.senders = senders.items;
            data.lists = lists.items;
            data.segments = segments.items;
            data.more = campaigns.totalItems > campaigns.items.length;
            data.campaigns = campaigns.items;
            data.problem = "";
        } catch (err) {
            data.problem = explain(err);
        }
    }
    const parts = () => JSON.parse(JSON.stringify({ senders: data.senders, lists: data.lists, segments: data.segments }));

    async function edit(campaign) {
        const saved = await editCampaign(ctx, { campaign, sent: !!data.runs[campaign?.id], ...parts() });
        if (!saved) return;
        ctx.ui.ok("Saved.");
        read();
    }

    async function send(campaign) {
        const run = await openSend(ctx, campaign);
        if (run) ctx.go("#/texts/runs/" + run);
    }

    return frame(
        ctx,
        {
            title: "Campaigns", lead: "A text, the people it is for, and the number it comes from.",
            actions: () => (ctx.me.mayEdit()
                ? t.button({ type: "button", className: "btn", onclick: () => edit() }, t.i({ className: "ri-add-line", ariaHidden: true }), t.span({ className: "txt" }, "New campaign"))
                : undefined),
            ...live(ctx, { topics: ["campaigns/*", "runs/*"], onevent: (_, again) => again(), read }),
        },
        () => {
            if (data.problem) return trouble(ctx, data.problem, read);
            if (!data.campaigns) return loading(ctx);
            if (!data.campaigns.length) {
                return t.div({ className: "tx-empty" }, t.i({ className: "ri-quill-pen-line", ariaHidden: true }), t.p(null, "No campaign yet. Write the first one; saving it sends nothing."));
            }
            return t.ul({ className: "tx-list" }, ...data.campaigns.map((c) => row(ctx, data, { ...(c.__raw || c) }, { edit, send })));
        },
        () => (data.more ? t.p({ className: "txt-hint" }, "Only the newest are shown.") : undefined),
    );
};

function row(ctx, data, campaign, { edit, send }) {
    const { t } = ctx;
    const run = data.runs[campaign.id];
    return t.li({ rid: campaign.id + campaign.updated + (run?.status || ""), className: "tx-row tx-campaign" },
        t.div({ className: "tx-row-main" },
            t.div({ className: "tx-row-title" }, campaign.name),
            t.div({ className: "tx-row-text" }, campaign.messageBody),
            t.div({ className: "txt-hint" }, audience(data, campaign))),
        t.div({ className: "tx-row-state" },
            run
                ? t.a({ href: "#/texts/runs/" + run.id, className: "tx-plain" }, tag(t, runStatus(run.status)))
                : t.span({ className: "tx-tag" }, t.i({ className: "ri-draft-line", ariaHidden: true }), "Draft"),
            run ? t.div({ className: "txt-hint" }, when(run.startedAt || run.created, ctx.org()?.timezone)) : undefined),
        ctx.me.mayEdit()
            ? t.div({ className: "tx-row-buttons" },
                run && !isOver(run) ? undefined : t.button({ type: "button", className: "btn sm transparent tx-edit", onclick: () => edit(campaign) }, t.span({ className: "txt" }, "Edit")),
                t.button({ type: "button", className: "btn sm transparent", onclick: () => openTest(ctx, campaign) }, t.span({ className: "txt" }, "Test")),
                t.button({ type: "button", className: "btn sm success tx-send", ariaLabel: "Send " + campaign.name, onclick: () => send(campaign) }, t.i({ className: "ri-send-plane-2-fill", ariaHidden: true }), t.span({ className: "txt" }, "Send…")))
            : undefined);
}

function audience(data, c) {
    const lists = (c.lists || []).map((id) => data.lists.find((l) => l.id === id)?.name || "a list");
    const segment = data.segments.find((s) => s.id === c.segment)?.name;
    const who = lists.length ? lists.join(", ") : c.everyone || segment ? "Everybody" : "No audience yet";
    const sender = data.senders.find((s) => s.id === c.sender);
    return [who + (segment ? ", only " + segment : ""), sender ? "from " + (phone(sender.number) || sender.name) : "no sender yet"].join(" · ");
}


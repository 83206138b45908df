// How people sign up: the public forms, their addresses, keywords and codes to print.

import { phone } from "../lib/format.js";
import { explain } from "../lib/problem.js";
import { frame, loading, trouble } from "../frame.js";
import { editForm } from "../parts/optin.js";
import { live } from "../parts/live.js";

export default (ctx) => {
    const { t, store } = ctx;
    const data = store({ forms: null, lists: [], senders: [], problem: "" });

    async function read() {
        const filter = "org = '" + (ctx.org()?.id || "") + "'";
        try {
            const [forms, lists, senders] = await Promise.all([
                ctx.api.list("forms", { filter, sort: "created", perPage: 100 }),
                ctx.api.list("lists", { filter: filter + " && archived = false", sort: "name", perPage: 200 }),
                ctx.api.list("senders", { filter: filter + " && enabled = true", sort: "created", perPage: 100 }),
            ]);
            data.lists = lists.items;
            data.senders = senders.items;
            data.forms = withOwn(ctx.org(), forms.items);
            data.problem = "";
        } catch (err) {
            data.problem = explain(err);
        }
    }

    async function edit(form) {
        const plain = JSON.parse(JSON.stringify({ lists: data.lists, senders: data.senders }));
        if (!(await editForm(ctx, { form, ...plain }))) return;
        ctx.ui.ok("Saved. The page has changed already.");
        read();
    }

    return frame(
        ctx,
        {
            title: "Sign-up", lead: "Public pages where people give you their number. It counts when they answer YES from their phone.",
            actions: () => (ctx.me.mayEdit()
                ? t.button({ type: "button", className: "btn", onclick: () => edit() }, t.i({ className: "ri-add-line", ariaHidden: true }), t.span({ className: "txt" }, "New form"))
                : undefined),
            ...live(ctx, { topics: ["forms/*"], onevent: (_, again) => again(), read }),
        },
        () => {
            if (data.problem) return trouble(ctx, data.problem, read);
            if (!data.forms) return loading(ctx);
            return t.ul({ className: "tx-list" }, ...data.forms.map((f) => row(ctx, data, { ...(f.__raw || f) }, edit)));
        },
    );
};

// withOwn adds the form that an organisation has without making one.
function withOwn(org, forms) {
    if (!org || forms.some((f) => f.slug === org.slug)) return forms;
    return [{ slug: org.slug }, ...forms];
}

function row(ctx, data, form, edit) {
    const { t } = ctx;
    const path = "/join/" + form.slug;
    const address = new URL(ctx.api.url(path), location.href).href;
    const list = data.lists.find((l) => l.id === form.list);
    const sender = data.senders.find((s) => s.id === form.sender) || data.senders.find((s) => s.kind !== "alphanumeric") || data.senders[0];
    const deaf = sender?.kind === "alphanumeric" && list?.optIn !== "single"; // nobody can answer YES to a name
    const keyword = (form.keyword || "JOIN").toUpperCase();
    const facts = [
        list ? "for " + list.name : "for no list",
        list?.optIn === "single" ? "in one step" : "a text asks for YES",
        sender?.number && sender.kind !== "alphanumeric" ? "or text " + keyword + " to " + (phone(sender.number) || sender.number) : "",
    ].filter(Boolean).join(" · ");
    return t.li({ rid: form.slug + (form.updated || ""), className: "tx-row tx-signup" },
        t.a({ className: "tx-code", href: path + "/code.svg", target: "_blank", rel: "noopener", title: "The code to print" },
            t.img({ src: path + "/code.svg", alt: "Code that leads to the form", width: 72, height: 72 })),
        t.div({ className: "tx-row-main" },
            t.div({ className: "tx-row-title" }, form.title || "Texts from " + (ctx.org()?.brand || ctx.org()?.name || "")),
            t.div(null, t.a({ href: path, target: "_blank", rel: "noopener", className: "tx-address" }, address)),
            t.div({ className: "txt-hint" }, facts)),
        t.div({ className: "tx-row-state" },
            form.closed || deaf ? t.span({
                className: "tx-tag warning",
                title: form.closed ? "" : "People are asked to answer YES, and nobody can answer a name. Add a sender with a number.",
            }, t.i({ className: "ri-door-closed-line", ariaHidden: true }), form.closed ? "Closed" : "Closed: no sender hears YES") : undefined),
        ctx.me.mayEdit()
            ? t.div({ className: "tx-row-buttons" },
                t.button({ type: "button", className: "btn sm transparent", onclick: () => edit(form) }, t.span({ className: "txt" }, "Edit")))
            : undefined);
}

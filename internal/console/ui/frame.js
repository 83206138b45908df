// What a page stands in, the same in both shells: a title, the section's links, actions, content.

import { notice } from "./parts/dialog.js";

const links = [
    ["#/texts", "Overview"],
    ["#/texts/campaigns", "Campaigns"],
    ["#/texts/runs", "Runs"],
    ["#/texts/reviews", "Reviews"],
    ["#/texts/import", "Import"],
    ["#/texts/forms", "Sign-up"],
    ["#/texts/rules", "Rules"],
];

// frame makes a page. props: title (text or function), back ({href, label}), actions, onmount, onunmount.
export function frame(ctx, props, ...children) {
    const { t } = ctx;
    const path = location.hash.split("?")[0];
    const title = props.title;
    return t.div({ className: "page tx-page", onmount: props.onmount, onunmount: props.onunmount },
        t.main({ className: "page-content" },
            t.div({ className: "tx-wrap" },
                t.nav({ className: "tx-nav", ariaLabel: "Texts" },
                    ...links.map(([href, label]) => {
                        const active = href === "#/texts" ? path === href : path.startsWith(href);
                        return t.a({ href, className: "tx-nav-link" + (active ? " active" : ""), "html-aria-current": active ? "page" : undefined }, label);
                    }),
                    t.span({ className: "tx-nav-space" }),
                    () => orgSwitch(ctx),
                    ctx.sandbox
                        ? t.a({ href: ctx.sandbox, target: "_blank", rel: "noopener", className: "tx-nav-link tx-sandbox" },
                            t.i({ className: "ri-smartphone-line", ariaHidden: true }), "Sandbox phones")
                        : undefined,
                ),
                t.header({ className: "tx-head" },
                    t.div({ className: "tx-head-title" },
                        props.back ? t.a({ href: props.back.href, className: "tx-back" }, t.i({ className: "ri-arrow-left-line", ariaHidden: true }), props.back.label) : undefined,
                        t.h1({ className: "tx-h1" }, title),
                        props.lead ? t.div({ className: "tx-lead" }, props.lead) : undefined,
                    ),
                    t.div({ className: "tx-actions" }, props.actions),
                ),
                banner(ctx),
                ...children,
            ),
        ),
    );
}

// banner says why nothing goes out from the whole installation; nothing where all is well.
function banner(ctx) {
    const { t, store } = ctx;
    const data = store({ text: "" });
    // A page works without it.
    ctx.api.send("GET", "/api/sms/state").then((state) => { data.text = state.notice || ""; }, () => {});
    return t.div({ className: "tx-banner" }, () => (data.text ? notice(ctx, "warning", t.p(null, data.text)) : undefined));
}

// orgSwitch shows only to who can see several organisations.
function orgSwitch(ctx) {
    const { t } = ctx;
    const orgs = ctx.orgs();
    if (orgs.length < 2) return undefined;
    return t.label({ className: "tx-org" },
        t.span({ className: "tx-sr" }, "Organisation"),
        t.select({ onchange: (e) => ctx.switchOrg(e.target.value) },
            ...orgs.map((o) => t.option({ value: o.id, selected: o.id === ctx.org()?.id }, o.name))));
}

// trouble is what a page shows when it could not read.
export function trouble(ctx, text, again) {
    const { t } = ctx;
    return t.div({ className: "tx-empty" },
        t.i({ className: "ri-error-warning-line", ariaHidden: true }),
        t.p(null, text),
        t.button({ type: "button", className: "btn sm outline", onclick: again }, t.span({ className: "txt" }, "Try again")));
}

export function loading(ctx) {
    return ctx.t.div({ className: "tx-waiting" }, ctx.t.span({ className: "loader" }), ctx.t.span(null, "Loading…"));
}

// tag is a status as a coloured label.
export function tag(t, status) {
    return t.span({ className: "tx-tag " + status.tone }, t.i({ className: status.icon, ariaHidden: true }), status.label);
}

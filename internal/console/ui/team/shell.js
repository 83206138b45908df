// The team's shell at /console/: who signed in, for which organisation, and the same pages as in the
// dashboard. It builds the same ctx from a small client of its own.

import { explain } from "../lib/problem.js";
import { Client } from "./client.js";
import { signIn } from "./signin.js";
import { welcome } from "./welcome.js";

const { t, store, watch, router, uPlot } = window;
const chosen = "tidingsOrg", colours = "pbColorScheme";

const dark = matchMedia("(prefers-color-scheme: dark)");
const session = store({
    user: null, memberships: [], org: "", page: null, toasts: [],
    wanted: localStorage.getItem(colours) || "", system: dark.matches ? "dark" : "light",
});
dark.addEventListener("change", () => { session.system = dark.matches ? "dark" : "light"; });
const scheme = () => session.wanted || session.system;
watch(scheme, (now) => document.documentElement.setAttribute("data-color-scheme", now));

const client = new Client(() => {
    session.user = null;
    session.memberships = [];
    if (!location.hash.startsWith("#/welcome/")) location.hash = "#/signin";
});

const membership = () => session.memberships.find((m) => m.org === session.org);
const role = () => membership()?.role || "viewer";

const ctx = {
    t, store, watch, uPlot, shell: "team", sandbox: document.body.dataset.sandbox,
    me: {
        superuser: false,
        mayEdit: () => role() !== "viewer",
        isOwner: () => role() === "owner",
        name: () => session.user?.name || session.user?.email || "",
    },
    org: () => membership()?.expand?.org || null,
    orgs: () => session.memberships.map((m) => m.expand?.org).filter(Boolean),
    ready: load,
    switchOrg: (id) => {
        localStorage.setItem(chosen, id);
        session.org = client.org = id;
        location.hash = "#/texts";
        dispatchEvent(new HashChangeEvent("hashchange"));
    },
    api: {
        list: (collection, options) => client.list(collection, options),
        get: (collection, id, options) => client.send("GET", client.records(collection) + "/" + encodeURIComponent(id) + (options ? "?" + new URLSearchParams(options) : "")),
        create: (collection, body) => client.send("POST", client.records(collection), body),
        update: (collection, id, body) => client.send("PATCH", client.records(collection) + "/" + encodeURIComponent(id), body),
        send: (method, path, body, more) => client.send(method, path, body, more),
        subscribe: (topic, fn) => client.subscribe(topic, fn),
        onreconnect: (fn) => client.onreconnect(fn),
        url: (path) => path,
        headers: () => client.headers(),
    },
    ui: { ok: (text) => toast("success", text), error: (err) => toast("error", typeof err === "string" ? err : explain(err)), scheme },
    go: (hash) => { location.hash = hash; },
};

// load reads who the visitor is and what he may see, once a session.
async function load() {
    if (!client.session) return false;
    if (session.user) return true;
    try {
        await client.renew();
        const found = await client.list("memberships", { perPage: 100, expand: "org", filter: "user = '" + client.user.id + "'" });
        session.memberships = found.items.filter((m) => m.expand?.org && !m.expand.org.archived);
        const last = localStorage.getItem(chosen);
        session.org = (session.memberships.find((m) => m.org === last) || session.memberships[0])?.org || "";
        client.org = session.org;
        session.user = client.user;
        return true;
    } catch (err) {
        if (client.session) throw err;
        return false;
    }
}

function toast(kind, text) {
    const one = { id: Math.random(), kind, text };
    session.toasts = [...session.toasts.map((o) => ({ ...o })), one];
    setTimeout(() => { session.toasts = session.toasts.filter((o) => o.id !== one.id).map((o) => ({ ...o })); }, kind === "error" ? 7000 : 3500);
}

// page is a route for members; show one for everybody.
const page = (file) => async (route) => {
    try {
        if (!(await load())) {
            location.hash = "#/signin";
            return;
        }
        session.page = (await import(file)).default(ctx, route);
    } catch (err) {
        session.page = t.div({ className: "page" }, t.div({ className: "tx-empty" }, t.p(null, explain(err)),
            t.button({ type: "button", className: "btn sm outline", onclick: () => location.reload() }, t.span({ className: "txt" }, "Try again"))));
    }
};
const show = (build) => (route) => { session.page = build({ ctx, client, route, done: () => { session.user = null; location.hash = "#/texts"; } }); };

document.body.append(t.div({ className: "app" },
    () => (session.user ? header() : undefined),
    () => session.page,
    t.div({ className: "toasts-container", role: "status", "html-aria-live": "polite" }, () => session.toasts.map((o) =>
        t.div({ rid: o.id, className: "toast " + o.kind },
            t.div({ className: "toast-container" }, t.div({ className: "toast-icon", ariaHidden: true }), t.div({ className: "toast-content" }, o.text))))),
));

function header() {
    return t.header({ className: "app-header accent-surface" },
        t.a({ href: "#/texts", className: "logo tx-logo" }, t.i({ className: "ri-message-3-line", ariaHidden: true }), t.strong(null, "Tidings")),
        t.div({ className: "flex-fill app-header-separator" }),
        t.button({
            type: "button", className: "header-link", title: "Light or dark", ariaLabel: "Light or dark",
            onclick: () => {
                session.wanted = scheme() === "dark" ? "light" : "dark";
                localStorage.setItem(colours, session.wanted);
            },
        }, t.i({ className: () => (scheme() === "dark" ? "ri-moon-line" : "ri-sun-line"), ariaHidden: true })),
        t.span({ className: "tx-who" }, () => ctx.me.name()),
        t.button({ type: "button", className: "header-link tx-signout", onclick: () => client.signOut() },
            t.i({ className: "ri-logout-circle-line", ariaHidden: true }), t.span({ className: "txt" }, "Sign out")));
}

router({
    "#/texts": page("../pages/home.js"),
    "#/texts/campaigns": page("../pages/campaigns.js"),
    "#/texts/runs": page("../pages/runs.js"),
    "#/texts/runs/{id}": page("../pages/run.js"),
    "#/texts/reviews": page("../pages/reviews.js"),
    "#/texts/import": page("../pages/import.js"),
    "#/texts/forms": page("../pages/forms.js"),
    "#/texts/rules": page("../pages/rules.js"),
    "#/signin": show(signIn),
    "#/welcome/{token}": show(welcome),
}, { fallbackPath: "#/texts", transition: false });

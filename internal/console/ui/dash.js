// The dashboard's shell: the only file that names PocketBase's globals. It builds the ctx that pages get.

import { explain, Problem } from "./lib/problem.js";

const chosen = "tidingsOrg";
let ctx;

// open renders a page of ours inside the dashboard.
export async function open(file, route, config) {
    const c = await context(config);
    const [page] = await Promise.all([import(file), c.ready()]);
    app.store.title = "Texts";
    return page.default(c, route);
}

export async function context(config) {
    ctx = ctx || make(config || {});
    return ctx;
}

function make(config) {
    const session = store({ orgs: [], org: localStorage.getItem(chosen) || "" });
    const headers = (more) => (session.org ? { "X-Org": session.org, ...more } : { ...more });

    // call runs a request of PocketBase's SDK and gives its errors our shape.
    async function call(run) {
        try {
            return await run();
        } catch (err) {
            if (err?.status === 401) app.checkApiError(err, false);
            throw new Problem(err?.status || 0, err?.response || { message: err?.status ? err.message : "" });
        }
    }

    const own = (options = {}) => ({ ...options, requestKey: null, headers: headers(options.headers) });
    const me = { superuser: true, mayEdit: () => true, isOwner: () => true, name: () => app.store.superuser?.email || "" };

    return {
        t, store, watch, uPlot: window.uPlot, shell: "dashboard", sandbox: config.sandbox || "", me,
        org: () => session.orgs.find((o) => o.id === session.org) || null,
        orgs: () => session.orgs,
        ready: async () => {
            if (session.orgs.length) return;
            const { items } = await call(() => app.pb.collection("organizations").getList(1, 200, { requestKey: null, sort: "created" }))
                .catch(() => ({ items: [] }));
            session.orgs = items.filter((o) => !o.archived);
            if (!session.orgs.some((o) => o.id === session.org)) session.org = session.orgs[0]?.id || "";
        },
        // A record that is opened anywhere in the dashboard brings its organisation along.
        useOrg: (id) => {
            if (id === session.org) return;
            localStorage.setItem(chosen, id);
            session.org = id;
        },
        switchOrg(id) {
            this.useOrg(id);
            dispatchEvent(new HashChangeEvent("hashchange"));
        },
        api: {
            list: (collection, { page = 1, perPage = 30, ...options } = {}) =>
                call(() => app.pb.collection(collection).getList(page, perPage, own(options))),
            get: (collection, id, options) => call(() => app.pb.collection(collection).getOne(id, own(options))),
            create: (collection, body) => call(() => app.pb.collection(collection).create(body, own())),
            update: (collection, id, body) => call(() => app.pb.collection(collection).update(id, body, own())),
            send: (method, path, body, more) => call(() => app.pb.send(path, own({ method, body, headers: more }))),
            subscribe: async (topic, fn) => {
                const [collection, id] = topic.split("/");
                return call(() => app.pb.collection(collection).subscribe(id, fn, { headers: headers() }));
            },
            onreconnect: (fn) => {
                let stop = () => {}, gone = false;
                // PocketBase tells of the first connection as well, which the caller knows of.
                app.pb.realtime.subscribe("PB_CONNECT", fn).then((unsubscribe) => {
                    if (gone) unsubscribe();
                    else stop = unsubscribe;
                }, () => {});
                return () => { gone = true; stop(); };
            },
            url: (path) => app.pb.buildURL(path),
            headers: () => headers({ Authorization: app.pb.authStore.token }),
        },
        ui: {
            ok: (text) => app.toasts.success(text),
            error: (err) => app.toasts.error(typeof err === "string" ? err : explain(err), { duration: 6000 }),
            scheme: () => app.store.activeColorScheme,
        },
        go: (hash) => { location.hash = hash; },
    };
}

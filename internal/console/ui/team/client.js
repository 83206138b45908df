// A small client of PocketBase's API for the team's pages: sessions, records, realtime.

import { Problem } from "../lib/problem.js";

const key = "tidingsTeam";

export class Client {
    constructor(onsignout) {
        this.onsignout = onsignout;
        this.org = "";
        this.topics = new Map(); // topic -> set of listeners
        this.reconnects = new Set();
        this.source = null;
        this.clientId = "";
        try {
            this.session = JSON.parse(localStorage.getItem(key)) || null;
        } catch {
            this.session = null;
        }
    }

    get user() {
        return this.session?.record || null;
    }

    keep(session) {
        this.session = session;
        if (session) localStorage.setItem(key, JSON.stringify(session));
        else localStorage.removeItem(key);
    }

    headers(more) {
        const h = { ...more };
        if (this.session) h.Authorization = this.session.token;
        if (this.org) h["X-Org"] = this.org;
        return h;
    }

    async send(method, path, body, more) {
        let res;
        try {
            res = await fetch(path, {
                method,
                headers: this.headers({ ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...more }),
                body: body === undefined ? undefined : JSON.stringify(body),
            });
        } catch {
            throw new Problem(0);
        }
        const text = await res.text();
        let answer = null;
        try { answer = text ? JSON.parse(text) : null; } catch { /* not ours */ }
        if (res.ok) return answer;
        if (res.status === 401 && this.session) this.signOut();
        throw new Problem(res.status, answer);
    }

    records(collection) {
        return "/api/collections/" + collection + "/records";
    }

    list(collection, { page = 1, perPage = 30, ...options } = {}) {
        return this.send("GET", this.records(collection) + "?" + new URLSearchParams({ page, perPage, ...options }));
    }

    // signIn starts a session; the token is renewed on every visit.
    async signIn(identity, password) {
        this.keep(null);
        this.keep(await this.send("POST", "/api/collections/users/auth-with-password", { identity, password }));
    }

    async renew() {
        const at = this.session;
        const fresh = await this.send("POST", "/api/collections/users/auth-refresh");
        if (this.session === at) this.keep(fresh);
    }

    signOut() {
        this.keep(null);
        this.org = "";
        this.topics.clear();
        this.reconnects.clear();
        this.source?.close();
        this.source = null;
        this.clientId = "";
        this.onsignout();
    }

    // subscribe listens to "collection/id" or "collection/*". It resolves when the server knows of it.
    async subscribe(topic, fn) {
        const listeners = this.topics.get(topic) || new Set();
        const isNew = !listeners.size;
        listeners.add(fn);
        this.topics.set(topic, listeners);
        if (isNew) {
            this.source?.addEventListener(topic, this.heard);
            await this.connected();
            await this.tell();
        }
        return () => {
            listeners.delete(fn);
            if (listeners.size || this.topics.get(topic) !== listeners) return;
            this.topics.delete(topic);
            this.source?.removeEventListener(topic, this.heard);
            this.tell().catch(() => {});
        };
    }

    heard = (e) => {
        const event = JSON.parse(e.data);
        for (const fn of this.topics.get(e.type) || []) fn(event);
    };

    connected() {
        if (this.clientId) return Promise.resolve();
        if (this.connecting) return this.connecting;
        this.connecting = new Promise((resolve, reject) => {
            const source = new EventSource("/api/realtime");
            this.source = source;
            for (const topic of this.topics.keys()) source.addEventListener(topic, this.heard);
            let first = true;
            // The browser connects again by itself. Events in between are lost, so that pages read again.
            source.addEventListener("PB_CONNECT", async (e) => {
                this.clientId = JSON.parse(e.data).clientId;
                if (first) {
                    first = false;
                    resolve();
                    return;
                }
                try {
                    await this.tell();
                    for (const fn of this.reconnects) fn();
                } catch { /* the next connection tells again */ }
            });
            source.onerror = () => {
                this.clientId = "";
                if (source.readyState === EventSource.CLOSED) {
                    this.source = null;
                    reject(new Problem(0));
                }
            };
        }).finally(() => { this.connecting = null; });
        return this.connecting;
    }

    // tell sends all topics; a call replaces what the server knew. The organisation goes along.
    tell() {
        if (!this.clientId) return Promise.resolve();
        return this.send("POST", "/api/realtime", { clientId: this.clientId, subscriptions: [...this.topics.keys()] });
    }

    onreconnect(fn) {
        this.reconnects.add(fn);
        return () => this.reconnects.delete(fn);
    }
}

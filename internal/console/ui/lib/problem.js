// What the API answers when it refuses, in one shape for both shells.

export class Problem extends Error {
    // status 0: there was no answer at all.
    constructor(status, body) {
        super((body && body.message) || (status ? "The server refused (" + status + ")." : "No answer from the server. Check the connection."));
        this.name = "Problem";
        this.status = status;
        this.fields = {};
        this.params = {};
        const data = (body && body.data) || {};
        for (const field of Object.keys(data)) {
            const d = data[field];
            if (!d || typeof d !== "object" || !d.code) continue;
            this.fields[field] = d.message || "Not valid.";
            this.codes = this.codes || [];
            this.codes.push(d.code);
            Object.assign(this.params, d.params || {});
        }
        this.codes = this.codes || [];
    }

    is(code) {
        return this.codes.includes(code);
    }

    // What a person reads: the refusal's own words where there are some, else the message.
    get words() {
        const own = new Set(Object.values(this.fields));
        if (own.size === 1) return [...own][0];
        if (own.size > 1) return Object.keys(this.fields).map((f) => f + ": " + this.fields[f]).join(" ");
        return this.message;
    }
}

const plain = {
    sender_required: "This campaign has no sender. Choose the number it is sent from, save, and press Send again.",
    audience_required: "This campaign has no audience. Choose lists or a segment, or tick “everyone”, save, and press Send again.",
    no_recipients: "Nobody would get this text now. Look at the reasons, or choose another audience.",
    text_too_long: "The text is too long once the names are filled in. Shorten it, save, and press Send again.",
    provider_not_configured: "Plivo is not set up yet, so nothing can be sent. Set PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN, or start with --sandbox to try everything without an account.",
    idempotency_mismatch: "This button was pressed before with other settings. Close this window and open it again.",
    org_required: "Choose the organisation first.",
    opted_out: "This person said STOP. Only the person can take that back, by texting START, or an owner who writes down how it happened.",
};

// explain turns any error into one sentence.
export function explain(err) {
    if (!(err instanceof Problem)) return (err && err.message) || String(err);
    for (const code of err.codes) {
        if (plain[code]) return plain[code];
    }
    if (err.status === 0) return err.message;
    if (err.status === 403) return "You may look at this, but not do it. Ask an owner of the organisation.";
    if (err.status === 404) return "It is not there (any more), or it belongs to another organisation.";
    if (err.status === 429) return "Too many requests at once. Wait a moment and try again.";
    return err.words;
}

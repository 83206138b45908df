// Small forms for the things that a campaign needs. Everything else about these records is edited in the
// dashboard; these are enough to get a campaign out.

import { Problem, explain } from "../lib/problem.js";
import { busyButton, field, notice, open } from "./dialog.js";
import { measure } from "./measure.js";
import { senderName } from "./send.js";

// form opens a dialog that saves one record. Resolves with it.
export function form(ctx, { title, collection, id, values, lead, submit, rows }) {
    const { t, store } = ctx;
    const data = store({ values, errors: {}, problem: "", busy: false });
    return open(ctx, (close) => {
        const save = async (e) => {
            e?.preventDefault();
            if (data.busy) return;
            data.busy = true;
            data.errors = {};
            data.problem = "";
            const body = JSON.parse(JSON.stringify(data.values));
            try {
                if (!id) body.org = ctx.org()?.id;
                close(id ? await ctx.api.update(collection, id, body) : await ctx.api.create(collection, body));
            } catch (err) {
                if (err instanceof Problem && Object.keys(err.fields).some((f) => f in data.values)) data.errors = err.fields;
                else data.problem = explain(err);
            }
            data.busy = false;
        };
        return {
            title,
            body: t.form({ className: "tx-form", onsubmit: save },
                lead ? t.p({ className: "txt-hint" }, lead) : undefined,
                ...rows(data),
                () => (data.problem ? notice(ctx, "danger", data.problem) : undefined),
                t.button({ type: "submit", hidden: true })),
            footer: [
                t.button({ type: "button", className: "btn transparent tx-first", onclick: () => close() }, t.span({ className: "txt" }, "Cancel")),
                busyButton(ctx, { className: "", busy: () => data.busy, onclick: save }, submit),
            ],
        };
    });
}

export function input(ctx, data, name, { label, help, required, ...props }) {
    return field(ctx, {
        label, help, required, error: () => data.errors[name],
        input: (p) => ctx.t.input({ type: "text", ...p, ...props, name, required, value: () => data.values[name] ?? "", oninput: (e) => (data.values[name] = e.target.value) }),
    });
}

export function select(ctx, data, name, { label, help, required, options }) {
    const { t } = ctx;
    return field(ctx, {
        label, help, required, error: () => data.errors[name],
        input: (p) => t.select({ ...p, name, onchange: (e) => (data.values[name] = e.target.value) },
            ...options.map(([value, text]) => t.option({ value, selected: value === data.values[name] }, text))),
    });
}

const kinds = [
    ["long_code", "Ordinary number (10 digits)"], ["toll_free", "Toll-free number"], ["short_code", "Short code"],
    ["alphanumeric", "Name instead of a number"], ["powerpack", "Plivo Powerpack"],
];

export function newSender(ctx) {
    return form(ctx, {
        title: "New sender", collection: "senders", submit: "Save the sender",
        lead: "The number that people see on their phone. It has to be yours at Plivo, and registered for marketing texts where the country asks for it (10DLC in the USA).",
        values: { name: "", kind: "long_code", number: "", powerpackUuid: "", enabled: true },
        rows: (data) => [
            input(ctx, data, "name", { label: "Name", required: true, autofocus: true, help: "For you, for example “Shop number”." }),
            select(ctx, data, "kind", { label: "Kind", options: kinds }),
            () => (data.values.kind === "powerpack"
                ? input(ctx, data, "powerpackUuid", { label: "Powerpack UUID", required: true })
                : input(ctx, data, "number", {
                    label: data.values.kind === "alphanumeric" ? "Name on the phone" : "Number", required: true,
                    help: data.values.kind === "alphanumeric" ? "1 to 11 letters and digits. People cannot answer it, so they cannot text STOP." : "For example +1 212 555 0100.",
                })),
        ],
    });
}

export function newList(ctx) {
    return form(ctx, {
        title: "New list", collection: "lists", submit: "Save the list",
        lead: "A list groups people who get the same texts, for example “Newsletter” or “Regulars”.",
        values: { name: "", publicName: "", optIn: "single" },
        rows: (data) => [
            input(ctx, data, "name", { label: "Name", required: true, autofocus: true }),
            input(ctx, data, "publicName", { label: "Name for the people on it", help: "Shown on each person’s own page, where they can join or leave it. Empty: not shown." }),
            select(ctx, data, "optIn", {
                label: "Joining", options: [["single", "One step: who joins is in"], ["double", "Two steps: a text asks for YES first"]],
                help: "Two steps prove that the number is theirs.",
            }),
        ],
    });
}

// editCampaign makes a campaign, or changes one that no run goes by. Once sent, its text stays.
export function editCampaign(ctx, { campaign, sent, senders, lists, segments }) {
    const { t } = ctx;
    return form(ctx, {
        title: campaign ? "Edit the campaign" : "New campaign", collection: "campaigns", id: campaign?.id,
        submit: campaign ? "Save" : "Save the campaign",
        lead: campaign ? undefined : "Saving sends nothing. You see who gets it, and what it costs, before anything goes out.",
        values: {
            name: campaign?.name || "", messageBody: campaign?.messageBody || "", sender: campaign?.sender || senders[0]?.id || "",
            lists: campaign?.lists || (lists.length === 1 ? [lists[0].id] : []), segment: campaign?.segment || "",
            everyone: campaign?.everyone || false, sendAt: campaign?.sendAt || "",
        },
        rows: (data) => [
            input(ctx, data, "name", { label: "Name", required: true, autofocus: true, help: "For you; nobody else sees it." }),
            field(ctx, {
                label: "Text", required: true, error: () => data.errors.messageBody,
                help: sent
                    ? "It was sent, so it stays. Make a new campaign for another text."
                    : () => measure(ctx, () => data.values.messageBody, { oncleaned: (text) => (data.values.messageBody = text) }),
                input: (p) => t.textarea({ ...p, name: "messageBody", rows: 4, required: true, readOnly: !!sent, value: () => data.values.messageBody, oninput: (e) => (data.values.messageBody = e.target.value) }),
            }),
            select(ctx, data, "sender", { label: "From", options: [["", "Choose a sender"], ...senders.map((s) => [s.id, senderName(s)])] }),
            t.fieldset({ className: "tx-choice tx-choice-many" },
                t.legend(null, "To whom?"),
                ...lists.map((l) => check(t, l.name, data.values.lists.includes(l.id), (on) => {
                    data.values.lists = on ? [...data.values.lists, l.id] : data.values.lists.filter((id) => id !== l.id);
                })),
                check(t, "Everyone who agreed to get texts", data.values.everyone, (on) => (data.values.everyone = on)),
                () => (data.errors.lists || data.errors.everyone
                    ? t.div({ className: "field-help" }, t.span({ className: "txt-danger" }, data.errors.lists || data.errors.everyone))
                    : undefined)),
            segments.length
                ? select(ctx, data, "segment", { label: "Only those in the segment", options: [["", "No restriction"], ...segments.map((s) => [s.id, s.name])] })
                : undefined,
            field(ctx, {
                label: "When?", error: () => data.errors.sendAt, help: "Empty: as soon as you press Send. Your own time zone. Everybody gets it within the hours that are allowed where they are.",
                input: (p) => t.input({ ...p, type: "datetime-local", name: "sendAt", value: local(data.values.sendAt), onchange: (e) => (data.values.sendAt = e.target.value ? new Date(e.target.value).toISOString() : "") }),
            }),
        ],
    });
}

export function check(t, label, checked, onchange) {
    return t.label(null, t.input({ type: "checkbox", checked, onchange: (e) => onchange(e.target.checked) }), t.span(null, label));
}

// local is a time as the browser's picker writes it, in the reader's own zone.
function local(at) {
    if (!at) return "";
    const d = new Date(String(at).replace(" ", "T"));
    if (Number.isNaN(d.getTime())) return "";
    return new Date(d.getTime() - d.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

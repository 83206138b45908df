// Bringing people in from a file: which file, which list, how they agreed; first as a try, then for real.

import { bytes, count, plural, when } from "../lib/format.js";
import { peek } from "../lib/csv.js";
import { explain, Problem } from "../lib/problem.js";
import { frame, tag } from "../frame.js";
import { methods } from "../parts/consent.js";
import { busyButton, field, notice } from "../parts/dialog.js";
import { newList } from "../parts/forms.js";
import { upload } from "../parts/upload.js";
import { live } from "../parts/live.js";

// The server reads at most this much of a body.
const most = 256 << 20;

const statuses = {
    queued: { label: "Waiting", tone: "info", icon: "ri-time-line" },
    running: { label: "Reading", tone: "accent", icon: "ri-loader-4-line" },
    finished: { label: "Done", tone: "success", icon: "ri-checkbox-circle-line" },
    failed: { label: "Failed", tone: "danger", icon: "ri-error-warning-line" },
};

// Why rows were rejected, to follow a count. The file of rejected rows says it row by row, with a remedy.
const rejections = {
    opted_out: "said STOP before; only they can take that back",
    suppressed: "are on the “Do not text” list, which a file does not lift; record a later consent by itself",
    duplicate: "are in the file twice",
    phone_required: "have no number",
    phone_invalid: "have no number that can work",
    phone_impossible: "have a number that cannot exist",
    phone_premium: "have a number that costs callers extra",
    phone_extension: "have a number with an extension",
    phone_country_unknown: "have a number without a country",
    too_many_cells: "have more cells than the header",
    row_too_large: "are too long",
    too_long: "have a cell that is too long",
    bad_encoding: "are not in UTF-8",
    bad_language: "name a language that does not exist",
    bad_state: "name a state that does not exist",
    unknown_timezone: "name a time zone that does not exist",
};

export default (ctx) => {
    const { t, store } = ctx;
    const data = store({
        lists: [], imports: [], list: "", method: "", text: "", country: ctx.org()?.defaultCountry || "",
        look: null, name: "", size: 0, problem: "", errors: {}, sent: -1, current: "",
    });
    let file = null;

    async function read() {
        const filter = "org = '" + (ctx.org()?.id || "") + "'";
        try {
            const [lists, imports] = await Promise.all([
                ctx.api.list("lists", { filter: filter + " && archived = false", sort: "name", perPage: 200 }),
                ctx.api.list("imports", { filter, sort: "-id", perPage: 8 }),
            ]);
            data.lists = lists.items;
            if (!data.list && lists.items.length === 1) data.list = lists.items[0].id;
            data.imports = imports.items;
        } catch (err) {
            ctx.ui.error(err);
        }
    }

    function onevent(e) {
        const at = data.imports.findIndex((i) => i.id === e.record.id);
        if (at >= 0) data.imports[at] = e.record;
        else data.imports = [e.record, ...data.imports].slice(0, 8);
    }

    async function pick(chosen) {
        if (!chosen) return;
        file = chosen;
        data.name = chosen.name;
        data.size = chosen.size;
        data.problem = chosen.size > most ? "The file is larger than " + bytes(most) + ". Split it and import the parts one after the other." : "";
        data.look = peek(await chosen.slice(0, 64 << 10).text());
    }

    async function start(dryRun) {
        data.errors = {};
        data.problem = "";
        if (!file) { data.problem = "Choose a file first."; return; }
        if (!data.list) { data.errors = { list: "Choose the list that people join." }; return; }
        const form = new FormData();
        form.set("list", data.list);
        form.set("consentMethod", data.method);
        form.set("consentText", data.text);
        if (data.country) form.set("defaultCountry", data.country.toUpperCase());
        form.set("dryRun", String(dryRun));
        form.set("file", file, file.name);
        data.sent = 0;
        try {
            const { importId } = await upload(ctx, "/api/sms/imports", form, (share) => (data.sent = share));
            data.current = importId;
            read();
        } catch (err) {
            if (err instanceof Problem && ["list", "consentMethod", "consentText", "defaultCountry"].some((f) => err.fields[f])) data.errors = err.fields;
            else data.problem = explain(err);
        }
        data.sent = -1;
    }

    async function addList() {
        const list = await newList(ctx);
        if (!list) return;
        await read();
        data.list = list.id;
    }

    async function errorsOf(record) {
        try {
            const res = await fetch(ctx.api.url("/api/sms/imports/" + record.id + "/errors.csv"), { headers: ctx.api.headers() });
            if (!res.ok) throw new Problem(res.status, await res.json().catch(() => null));
            const link = t.a({ href: URL.createObjectURL(await res.blob()), download: "errors-" + record.id + ".csv" });
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 10000);
        } catch (err) {
            ctx.ui.error(err);
        }
    }

    const editing = ctx.me.mayEdit();
    return frame(
        ctx,
        {
            title: "Import", lead: "Bring people in from a spreadsheet that was saved as CSV.",
            ...live(ctx, { topics: ["imports/*"], onevent, read }),
        },
        editing
            ? t.div({ className: "tx-card tx-import" },
                t.div({ className: "tx-form" },
                    chooser(ctx, data, pick),
                    () => preview(ctx, data),
                    t.div({ className: "tx-with-button" },
                        field(ctx, {
                            label: "List", required: true, error: () => data.errors.list,
                            help: "Everybody in the file joins it. Who is there already stays once, and only blank fields are filled in.",
                            input: (p) => t.select({ ...p, name: "list", onchange: (e) => (data.list = e.target.value) },
                                () => [
                                    t.option({ value: "", selected: !data.list }, data.lists.length ? "Choose a list" : "There is no list yet"),
                                    ...data.lists.map((l) => t.option({ value: l.id, selected: l.id === data.list }, l.name)),
                                ]),
                        }),
                        t.button({ type: "button", className: "btn outline", onclick: addList }, t.span({ className: "txt" }, "New list"))),
                    field(ctx, {
                        label: "How did these people agree to get texts?", error: () => data.errors.consentMethod,
                        help: () => (data.method
                            ? "It is written down for every person, with the words below."
                            : "Without consent on record they come in as new, and no campaign reaches them. The law asks for their own yes before a marketing text."),
                        input: (p) => t.select({ ...p, name: "consentMethod", onchange: (e) => (data.method = e.target.value) },
                            t.option({ value: "" }, "They did not agree yet, or I cannot show it"),
                            ...methods.filter(([m]) => m !== "operator" && m !== "reply").map(([value, label]) => t.option({ value }, label))),
                    }),
                    () => (data.method ? words(ctx, data) : undefined),
                    field(ctx, {
                        label: "Country of numbers without a country code", error: () => data.errors.defaultCountry,
                        help: "Two letters, for example US or DE.",
                        input: (p) => t.input({ ...p, type: "text", name: "defaultCountry", maxLength: 2, className: "tx-short", value: () => data.country, oninput: (e) => (data.country = e.target.value) }),
                    }),
                    () => (data.problem ? notice(ctx, "danger", data.problem) : undefined),
                    () => (data.sent >= 0
                        ? t.div({ className: "tx-upload", role: "status" },
                            t.div({ className: "tx-bar" }, t.div({ className: "tx-seg sending", style: () => "width: " + Math.round(data.sent * 100) + "%" })),
                            t.span({ className: "txt-hint tx-num" }, () => (data.sent < 1 ? "Uploading, " + Math.round(data.sent * 100) + " %" : "Uploaded. One moment…")))
                        : undefined),
                    t.div({ className: "tx-buttons" },
                        busyButton(ctx, { className: "outline tx-dry", busy: () => data.sent >= 0, icon: "ri-search-eye-line", onclick: () => start(true) }, "Try it first"),
                        busyButton(ctx, { className: "tx-import-now", busy: () => data.sent >= 0, icon: "ri-upload-2-line", onclick: () => start(false) }, "Import"),
                        t.span({ className: "txt-hint" }, "Trying reads the whole file and saves nothing."))))
            : notice(ctx, "info", "You may look at imports here, but not start one."),
        t.section({ className: "tx-section" },
            () => (data.imports.length ? t.h2({ className: "tx-h2" }, "Imports") : undefined),
            () => (data.imports.length
                ? t.ul({ className: "tx-list" }, ...data.imports.map((i) => row(ctx, { ...(i.__raw || i) }, errorsOf, data)))
                : undefined)),
    );
};

function chooser(ctx, data, pick) {
    const { t } = ctx;
    const drop = (el, on) => el.classList.toggle("over", on);
    return t.label(
        {
            className: "tx-drop",
            ondragover: (e) => { e.preventDefault(); drop(e.currentTarget, true); },
            ondragleave: (e) => drop(e.currentTarget, false),
            ondrop: (e) => { e.preventDefault(); drop(e.currentTarget, false); pick(e.dataTransfer.files[0]); },
        },
        t.input({ type: "file", name: "file", accept: ".csv,.txt,text/csv", className: "tx-sr", onchange: (e) => pick(e.target.files[0]) }),
        t.i({ className: "ri-file-text-line", ariaHidden: true }),
        t.span(null,
            () => (data.name ? t.strong(null, data.name) : t.strong(null, "Choose a CSV file, or drop it here")),
            t.span({ className: "txt-hint" }, () => (data.name
                ? " " + bytes(data.size) + " · choose another"
                : " The first row names the columns. One column holds the numbers: phoneNumber, phone, mobile or number."))));
}

function preview(ctx, data) {
    const { t } = ctx;
    const look = data.look;
    if (!look || !look.header.length) return undefined;
    return t.div({ className: "tx-peek" },
        look.phone < 0
            ? notice(ctx, "warning", "No column is called phoneNumber, phone, mobile or number. Rename the one that holds the numbers and choose the file again.")
            : undefined,
        t.div({ className: "tx-scroll", tabIndex: 0, role: "region", ariaLabel: "The first rows of the file" },
            t.table(null,
                t.thead(null, t.tr(null, ...look.header.map((h, i) => t.th({ className: i === look.phone ? "tx-phone" : "" }, h)))),
                t.tbody(null, ...look.rows.map((r) => t.tr(null, ...look.header.map((_, i) => t.td({ className: i === look.phone ? "tx-phone" : "" }, r[i] || ""))))))));
}

function words(ctx, data) {
    const { t } = ctx;
    return field(ctx, {
        label: "The words they agreed to", required: true, error: () => data.errors.consentText,
        help: "Word for word, and where and when they stood. If somebody complains in four years, this is what you show. It cannot be changed afterwards.",
        input: (p) => t.textarea({ ...p, name: "consentText", rows: 3, value: () => data.text, oninput: (e) => (data.text = e.target.value), placeholder: "“I agree to get offers of Example Shop by text. Reply STOP to end.” Sign-up form on our site since May 2025" }),
    });
}

function row(ctx, record, errorsOf, data) {
    const { t } = ctx;
    const running = record.status === "queued" || record.status === "running";
    const why = Object.entries(record.reasons || {}).sort((a, b) => b[1] - a[1]);
    return t.li({ className: "tx-row tx-import-row" + (record.id === data.current ? " current" : "") },
        t.div({ className: "tx-row-main" },
            t.div({ className: "tx-row-title" }, record.fileName || "A file", record.dryRun ? t.span({ className: "tx-tag" }, "Try") : undefined),
            t.div({ className: "txt-hint" }, when(record.startedAt, ctx.org()?.timezone)),
            record.error ? t.div({ className: "txt-danger" }, record.error) : undefined),
        t.div({ className: "tx-row-state" }, tag(t, statuses[record.status] || statuses.queued)),
        t.div({ className: "tx-row-bar" },
            t.div({ className: "tx-num" },
                plural(record.rows || 0, "row", "rows") + (running ? " so far" : "") + ": ",
                t.strong(null, count(record.created)), record.dryRun ? " would be new, " : " new, ",
                t.strong(null, count(record.updated)), " already there, ",
                t.strong({ className: record.rejected ? "txt-danger" : "" }, count(record.rejected)), " rejected"),
            why.length ? t.ul({ className: "tx-reasons small" }, ...why.map(([code, n]) =>
                t.li(null, t.strong({ className: "tx-num" }, count(n)), t.span(null, rejections[code] || code.replaceAll("_", " "))))) : undefined,
            record.rejected ? t.button({ type: "button", className: "tx-link", onclick: () => errorsOf(record) }, "Download the rejected rows") : undefined));
}

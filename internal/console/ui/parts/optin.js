// The window that changes a public form.

import { check, form as dialog, input, select } from "./forms.js";
import { senderName } from "./send.js";

// editForm makes a form, or changes one. One without id stands for the organisation's own address.
export function editForm(ctx, { form, lists, senders }) {
    const { t } = ctx;
    const was = form || {};
    const text = (name) => was[name] || "";
    return dialog(ctx, {
        title: form ? "Edit the form" : "New form", collection: "forms", id: was.id, submit: "Save the form",
        lead: "It is public: whoever knows the address can see it. Empty fields get words that carriers and the law ask for.",
        values: {
            slug: text("slug"), title: text("title"), intro: text("intro"), disclosure: text("disclosure"), frequency: text("frequency"),
            list: text("list"), sender: text("sender"), keyword: text("keyword"), termsUrl: text("termsUrl"), privacyUrl: text("privacyUrl"),
            accent: text("accent"), closed: was.closed || false, perDay: was.perDay || 0,
        },
        rows: (data) => [
            input(ctx, data, "slug", { label: "Address", required: true, help: "The part behind /join/: small letters, digits and hyphens." }),
            input(ctx, data, "title", { label: "Heading" }),
            input(ctx, data, "intro", { label: "One sentence", help: "What people get, for example “New loaves every Friday, first to know”." }),
            input(ctx, data, "frequency", { label: "How often", help: "For example “Up to 4 texts a month”." }),
            input(ctx, data, "disclosure", { label: "What people agree to", help: "Instead of the standard sentence. Kept word for word with each consent; ask a lawyer before you change it." }),
            select(ctx, data, "list", {
                label: "List they join", options: [["", "None"], ...lists.map((l) => [l.id, l.name + (l.optIn === "single" ? " (one step)" : " (asks for YES)")])],
            }),
            select(ctx, data, "sender", { label: "Asked from", options: [["", "The first enabled sender"], ...senders.map((s) => [s.id, senderName(s)])] }),
            input(ctx, data, "keyword", { label: "Keyword", help: "Texting it to your number signs up too. Empty: JOIN. Who has texted STOP to a number of the US or Canada comes back by START: Plivo blocks her until then." }),
            input(ctx, data, "termsUrl", { label: "Terms", type: "url" }),
            input(ctx, data, "privacyUrl", { label: "Privacy policy", type: "url" }),
            input(ctx, data, "accent", { label: "Colour", help: "Of the button, for example #1f5fbf." }),
            input(ctx, data, "perDay", { label: "Most texts a day", type: "number", min: 0, help: "Protects you from scripts that type in numbers. 0 means 200." }),
            check(t, "Closed: the page says that signing up is not possible now", data.values.closed, (on) => (data.values.closed = on)),
        ],
    });
}

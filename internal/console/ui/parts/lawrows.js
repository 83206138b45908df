// The windows that change the rules about hours, days and caps.

import { check, form as dialog, input, select } from "./forms.js";

// editRule changes one row of the rules, or a single day of a place. own is what the installation has
// said of it before.
export function editRule(ctx, { row, own }) {
    const { t } = ctx;
    const was = own || {};
    const text = (name) => was[name] || "";
    const hint = (name) => (row ? "Now " + (row[name] || "as on other days") + ". Empty: as built in." : "Like 08:00-21:00; - for none. Empty: as in the country.");
    return dialog(ctx, {
        title: row ? "Edit the rule of " + row.name : "New rule", collection: "rule_rows", id: was.id, submit: "Put it into force",
        lead: "What you leave empty stays as it is built in. Say where you have it from: the source is shown with every decision.",
        values: {
            place: was.place || row?.place || "", date: text("date"), name: text("name"), weekdays: text("weekdays"), saturday: text("saturday"),
            sunday: text("sunday"), holidays: text("holidays"), cap: was.cap || 0, emergency: was.emergency || false,
            source: text("source"), sourceDate: text("sourceDate"), confidence: text("confidence"), note: text("note"),
        },
        rows: (data) => [
            ...(row ? [] : [
                input(ctx, data, "place", { label: "Place", required: true, help: "A country as FR, a state as US-FL, or * for all other countries." }),
                input(ctx, data, "date", { label: "One day only", help: "A date as 2026-12-24: the hours below are those of that day, none if empty." }),
                input(ctx, data, "name", { label: "Name" }),
            ]),
            input(ctx, data, "weekdays", { label: "Monday to Friday", help: hint("weekdays") }),
            input(ctx, data, "saturday", { label: "Saturday", help: hint("saturday") }),
            input(ctx, data, "sunday", { label: "Sunday", help: hint("sunday") }),
            input(ctx, data, "holidays", { label: row ? "Holidays" : "Holidays, or that one day", help: hint("holidays") }),
            input(ctx, data, "cap", { label: "Texts in 24 hours", type: "number", min: -1, help: "0: as built in. -1: no limit." }),
            input(ctx, data, "source", { label: "Source", help: "The law, or who told you." }),
            input(ctx, data, "sourceDate", { label: "Of", help: "A date as 2026-11-23." }),
            select(ctx, data, "confidence", { label: "How sure", options: [["", "As built in; unsure with a new source"], ["high", "Sure"], ["medium", "Likely"], ["low", "Unsure"]] }),
            input(ctx, data, "note", { label: "Note" }),
            check(t, "A state of emergency holds: nothing is sent", data.values.emergency, (on) => (data.values.emergency = on)),
        ],
    });
}

// editSettings changes what holds for all rows.
export function editSettings(ctx, settings) {
    const was = settings || {};
    return dialog(ctx, {
        title: "Settings of the rules", collection: "rule_settings", id: was.id, submit: "Put it into force",
        lead: "Strict is the safe choice. Consented relaxes rules whose own text leaves out people who agreed; ask a lawyer first.",
        values: { profile: was.profile || "strict", closingMarginMinutes: was.closingMarginMinutes || "" },
        rows: (data) => [
            select(ctx, data, "profile", { label: "Profile", options: [["strict", "Strict: every rule binds"], ["consented", "Consented: some do not"]] }),
            input(ctx, data, "closingMarginMinutes", { label: "Minutes by which hours close early", help: "0 to 120. Empty: 10. A text waits with carriers for a while." }),
        ],
    });
}

// What we add to PocketBase's own forms: Send and Send test on a campaign, consent on a subscriber, the
// length of a text below it. Conveniences all of them: the pages and the API can do the same.

import { context } from "./dash.js";
import { openSend, openTest } from "./parts/send.js";
import { openConsent, openEligibility } from "./parts/consent.js";
import { saveEvidence } from "./parts/evidence.js";
import { measure } from "./parts/measure.js";

// attach adds our buttons to a record form that was opened. Its element carries neither record nor
// collection, and its footer comes late and is rebuilt after "create and continue" and "duplicate".
export async function attach(modal, state, config) {
    const add = { campaigns: campaignButtons, subscribers: subscriberButtons }[state.collection?.name];
    if (!add) return;
    const ctx = await context(config);
    state.run = () => {
        const footer = modal.querySelector(".modal-footer");
        const present = footer?.querySelector(".tx-modal-buttons");
        if (!state.record?.id) { present?.remove(); return; }
        if (footer && !present) footer.insertBefore(add(ctx, modal, state), footer.querySelector(":scope > .btns"));
    };
    new MutationObserver(state.run).observe(modal, { childList: true });
    state.run();
}

function button(className, icon, label, onclick) {
    return t.button({ type: "button", className: "btn " + className, onclick },
        t.i({ className: icon, ariaHidden: true }), t.span({ className: "txt" }, label));
}

// fresh reads the record as it is saved: the form may hold edits that nobody saved yet.
async function fresh(ctx, collection, state) {
    await ctx.ready();
    try {
        const record = await ctx.api.get(collection, state.record.id);
        if (record.org) ctx.useOrg(record.org);
        return record;
    } catch (err) {
        ctx.ui.error(err);
        return null;
    }
}

const unsaved = (modal) => !!modal.querySelector(".modal-footer .btns .btn:not([disabled])");

function campaignButtons(ctx, modal, state) {
    const warn = () => {
        if (unsaved(modal)) ctx.ui.error("There are changes that are not saved. Save them first, so that what you see is what is sent.");
        return unsaved(modal);
    };
    return t.div({ className: "tx-modal-buttons" },
        button("transparent tx-test", "ri-smartphone-line", "Send test", async () => {
            if (warn()) return;
            const campaign = await fresh(ctx, "campaigns", state);
            if (campaign) openTest(ctx, campaign);
        }),
        button("success tx-send", "ri-send-plane-2-fill", "Send…", async () => {
            if (warn()) return;
            const campaign = await fresh(ctx, "campaigns", state);
            const run = campaign && (await openSend(ctx, campaign));
            if (!run) return;
            app.modals.close(modal, true);
            ctx.go("#/texts/runs/" + run);
        }));
}

function subscriberButtons(ctx, modal, state) {
    return t.div({ className: "tx-modal-buttons" },
        button("transparent tx-why", "ri-question-line", "May I text?", async () => {
            const subscriber = await fresh(ctx, "subscribers", state);
            if (subscriber) openEligibility(ctx, subscriber);
        }),
        button("transparent tx-evidence", "ri-folder-zip-line", "Evidence", async () => {
            const subscriber = await fresh(ctx, "subscribers", state);
            if (subscriber) saveEvidence(ctx, subscriber);
        }),
        button("outline tx-consent", "ri-quill-pen-line", "Record consent…", async () => {
            const subscriber = await fresh(ctx, "subscribers", state);
            if (subscriber) openConsent(ctx, subscriber);
        }));
}

// measureText puts the length below the text of a campaign, inside the form that PocketBase draws.
export async function measureText(el, props, config) {
    const ctx = await context(config);
    await ctx.ready();
    el.append(measure(ctx, () => props.record.messageBody, {
        oncleaned: (text) => { props.record.messageBody = text; },
    }));
}

// Texts whose outcome nobody knows: how many, whose, what has been tried, and the button that sends them
// again, which says plainly what that may do.

import { count, money, phone, plural } from "../lib/format.js";
import { ask, busyButton, notice } from "./dialog.js";

// A receipt that is late is tried again for seven minutes.
const settling = 10 * 60 * 1000;
const shown = 10;

// unknownCard is a section, or nothing where there is nothing to say.
export function unknownCard(ctx, { report, zoned, busy, run }) {
    const { t } = ctx;
    const unknown = report?.unknown;
    if (!unknown || (!unknown.count && !unknown.resends.length)) return undefined;
    const may = ctx.me.mayEdit() && unknown.count > 0 && report.run.status !== "canceled";
    return t.section({ className: "tx-card tx-unknown" },
        t.h2({ className: "tx-h2" }, "Nobody knows"),
        unknown.count
            ? t.p(null, t.strong({ className: "tx-num tx-unknown-count" }, count(unknown.count)),
                " " + (unknown.count === 1 ? "text" : "texts") + " may or may not have left: the answer was lost, and no receipt has come. A receipt, or Plivo’s list of messages, may still settle that. Nothing is sent again by itself.")
            : t.p({ className: "txt-hint" }, "Everything is settled."),
        unknown.count ? rows(t, unknown, zoned) : undefined,
        ...unknown.resends.map((r) => t.p({ className: "txt-hint tx-resent" },
            plural(r.n, "text was", "texts were") + " sent again on " + zoned(r.at) + (r.name ? " by " + r.name : "") + ".")),
        unknown.doubles
            ? notice(ctx, "warning", plural(unknown.doubles, "person", "people") + " got it twice, as a late receipt of the first text shows. " +
                (unknown.doubleCostMicros ? "The first texts cost " + money(unknown.doubleCostMicros, report.run.currency) + " more than the run counts." : ""))
            : undefined,
        may
            ? t.div({ className: "tx-actions" },
                busyButton(ctx, { className: "outline warning tx-resend", busy, icon: "ri-restart-line", onclick: () => confirm(ctx, unknown, run) },
                    "Send " + (unknown.count === 1 ? "it" : "them") + " again"))
            : undefined);
}

async function confirm(ctx, unknown, run) {
    const fresh = Date.now() - Date.parse(unknown.newestAt.replace(" ", "T")) < settling;
    const sure = await ask(ctx, {
        title: "Send what may have arrived?",
        text: "Up to " + plural(unknown.count, "person", "people") + " may get it twice. Who has opted out since gets nothing, and hours are kept as always." +
            (fresh ? " The latest of these texts is only minutes old: wait ten minutes, and its receipt may still come." : ""),
        yes: "Send " + count(unknown.count) + " again",
    });
    if (sure) run(unknown.count);
}

function rows(t, unknown, zoned) {
    const some = unknown.rows.slice(0, shown);
    const more = unknown.count - some.length;
    return t.ul({ className: "tx-reasons" },
        ...some.map((m) => t.li(null,
            t.span({ className: "tx-num" }, phone(m.phoneNumber)),
            t.span({ className: "txt-hint" }, "began " + zoned(m.sentAt) + " · " + tried(m)))),
        more > 0 ? t.li(null, t.span({ className: "txt-hint" }, "and " + count(more) + " more")) : undefined);
}

function tried(m) {
    if (!m.asked) return "Plivo’s list is asked soon";
    const found = m.found > 1 ? m.found + " texts in Plivo’s list could be it" : m.found ? "a text in Plivo’s list could be it or another" : "not in Plivo’s list so far";
    return found + (m.nextAskAt ? "" : ", and it is not asked again");
}

// All that is known of one number, as a file to keep or to show.

import { Problem } from "../lib/problem.js";

export async function saveEvidence(ctx, subscriber) {
    try {
        const res = await fetch(ctx.api.url("/api/sms/subscribers/" + subscriber.id + "/evidence"), { headers: ctx.api.headers() });
        if (!res.ok) throw new Problem(res.status, await res.json().catch(() => null));
        const name = "evidence-" + subscriber.phoneNumber.replace("+", "") + ".zip";
        const link = ctx.t.a({ href: URL.createObjectURL(await res.blob()), download: name });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch (err) {
        ctx.ui.error(err);
    }
}

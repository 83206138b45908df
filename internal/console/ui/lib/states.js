// The states of a run's messages in the order of the progress bar: good news first, open ends in the
// middle, bad news last.

export const states = [
    { key: "delivered", label: "Delivered", help: "on the phone" },
    { key: "sent", label: "Sent", help: "with the carrier, no receipt yet" },
    { key: "accepted", label: "Accepted", help: "taken by Plivo" },
    { key: "sending", label: "Sending", help: "being handed over" },
    { key: "queued", label: "Waiting", help: "due now or in their allowed hours" },
    { key: "unknown", label: "Unknown", help: "we cannot prove that it did not leave, and never send it again by itself" },
    { key: "undelivered", label: "Undelivered", help: "the carrier could not deliver it" },
    { key: "failed", label: "Failed", help: "refused" },
    { key: "skipped", label: "Left out", help: "not sent, on purpose" },
];

// bar is what to draw: states with somebody in them, with shares of the whole that add up to 100. Every
// one is at least half a percent wide, so that a single failure among thousands can be seen.
export function bar(run) {
    const present = states.map((s) => ({ ...s, n: run[s.key] || 0 })).filter((s) => s.n > 0);
    const total = Math.max(present.reduce((sum, s) => sum + s.n, 0), run.recipients || 0);
    if (!total) return [];
    const least = 0.5;
    const raw = present.map((s) => Math.max((100 * s.n) / total, least));
    const known = present.reduce((sum, s) => sum + s.n, 0);
    const open = Math.max(0, (100 * (total - known)) / total);
    const scale = (100 - open) / (raw.reduce((a, b) => a + b, 0) || 1);
    return present.map((s, i) => ({ ...s, share: raw[i] * scale }));
}

// settled is everything that no longer waits for us.
export function settled(run) {
    return states.filter((s) => s.key !== "queued" && s.key !== "sending").reduce((sum, s) => sum + (run[s.key] || 0), 0);
}

export function isOver(run) {
    return run.status === "finished" || run.status === "canceled";
}

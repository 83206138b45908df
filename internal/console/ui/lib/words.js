// The engine's states and reasons in plain words.

// Why somebody does not get a text, to follow "12 people".
export const reasons = {
    no_consent: "have not agreed to get texts",
    opted_out: "said STOP",
    suppressed: "are on the “Do not text” list",
    dnc: "are on a do-not-call registry",
    expired_consent: "agreed too long ago",
    invalid_number: "have a number that cannot work",
    landline: "have a landline, which cannot get texts",
    frequency_cap: "already got enough texts in the last 24 hours",
    duplicate: "are the same number again",
    already_reached: "got this campaign before",
    already_sent: "got this campaign before",
    canceled: "were still waiting when the run was canceled",
    expired: "were still waiting when the campaign ended",
    budget: "would go over the spending limit",
    no_window: "have no allowed hour before the campaign ends",
};

// reason says a code; words are the server's own, for codes that this page does not know yet.
export function reason(code, words) {
    return reasons[code] || words || String(code).replaceAll("_", " ");
}

// The rules that an eligibility answer names.
const rules = {
    number: "Number",
    suppression: "Do not text",
    consent: "Consent",
    expiry: "Still in time",
    hours: "Allowed hours",
    frequency: "Not too often",
    own_hours: "Our own hours",
    wish: "Wants to come back",
};

export function rule(code) {
    if (String(code).startsWith("law_")) return "The law: " + code.slice(4).replace("*", "other countries");
    return rules[code] || capital(String(code).replaceAll("_", " "));
}

export function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

const runs = {
    scheduled: { label: "Scheduled", tone: "info", icon: "ri-calendar-schedule-line" },
    queued: { label: "Preparing", tone: "info", icon: "ri-group-line" },
    sending: { label: "Sending", tone: "accent", icon: "ri-send-plane-2-line" },
    waiting: { label: "Waiting for allowed hours", tone: "info", icon: "ri-moon-line" },
    paused: { label: "Paused", tone: "warning", icon: "ri-pause-circle-line" },
    finished: { label: "Finished", tone: "success", icon: "ri-checkbox-circle-line" },
    canceled: { label: "Canceled", tone: "danger", icon: "ri-close-circle-line" },
};

export function runStatus(status) {
    return runs[status] || { label: status || "…", tone: "", icon: "ri-question-line" };
}

// runSentence is the one line under a run's name. zoned(time) says a moment.
export function runSentence(run, forecast, zoned, notice) {
    const end = forecast && forecast.lastSendAt ? zoned(forecast.lastSendAt) : "";
    switch (run.status) {
    case "scheduled":
        return run.sendAt ? "It starts " + zoned(run.sendAt) + "." : "It starts at its time.";
    case "queued":
        return "Working out who gets it and when.";
    case "sending":
        if (notice) return "Nothing goes out at the moment: " + notice + ".";
        return end ? "Texts are going out. The last one is due " + end + "." : "Texts are going out.";
    case "waiting":
        return "All that is left waits for morning where people live" + (end ? "; the last one is due " + end + "." : ".");
    case "paused": {
        if (run.pausedBy !== "system") return "Somebody paused it. Nothing goes out until you resume.";
        const why = (run.pauseReason || "").replace(/\.$/, "");
        return "Tidings paused it" + (why ? ": " + why : "") + ". Nothing goes out until you resume.";
    }
    case "finished":
        return run.finishedAt ? "All went out by " + zoned(run.finishedAt) + ". Receipts may still come in." : "Receipts may still come in.";
    case "canceled":
        return "Stopped for good. What had left before is counted below.";
    }
    return "";
}

// Numbers, money and times as people read them. English on purpose, as the rest of the pages is.

const whole = new Intl.NumberFormat("en-US");

export function count(n) {
    return whole.format(n || 0);
}

export function plural(n, one, many) {
    return count(n) + " " + (n === 1 ? one : many);
}

// money shows micros. Small sums get two more digits: a text costs less than a cent.
export function money(micros, currency) {
    const value = (micros || 0) / 1e6;
    const digits = value !== 0 && Math.abs(value) < 0.1 ? 4 : 2;
    return new Intl.NumberFormat("en-US", {
        style: "currency", currency: currency || "USD", minimumFractionDigits: digits, maximumFractionDigits: digits,
    }).format(value);
}

// date reads PocketBase's times ("2026-03-01 15:04:05.000Z") and RFC 3339. Empty is null.
export function date(text) {
    if (!text) return null;
    const d = new Date(String(text).replace(" ", "T"));
    return Number.isNaN(d.getTime()) || d.getUTCFullYear() < 2 ? null : d;
}

// when is a moment in a zone, with the zone's name: the reader may sit in another one.
export function when(text, zone) {
    const d = date(text);
    if (!d) return "";
    const options = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZoneName: "short" };
    try {
        return new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone || undefined }).format(d);
    } catch {
        return new Intl.DateTimeFormat("en-US", options).format(d);
    }
}

// span is a length of time in two parts at most.
export function span(milliseconds) {
    const s = Math.max(0, Math.round(milliseconds / 1000));
    if (s < 60) return s + " s";
    if (s < 3600) return Math.floor(s / 60) + " min" + (s % 60 ? " " + (s % 60) + " s" : "");
    return Math.floor(s / 3600) + " h" + (Math.floor(s / 60) % 60 ? " " + (Math.floor(s / 60) % 60) + " min" : "");
}

export function percent(part, of) {
    if (!of) return "0 %";
    const p = (100 * part) / of;
    if (part > 0 && p < 1) return "< 1 %";
    if (part < of && p > 99) return "> 99 %";
    return Math.round(p) + " %";
}

export function bytes(n) {
    if (n < 1000) return n + " B";
    if (n < 1e6) return (n / 1e3).toFixed(0) + " kB";
    return (n / 1e6).toFixed(1) + " MB";
}

// phone spaces a number of the North American plan; others have too many habits and stay as they are.
export function phone(e164) {
    const m = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164 || "");
    return m ? "+1 " + m[1] + " " + m[2] + " " + m[3] : e164 || "";
}

const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

// countries lists ISO codes by their names: "Guam and Guernsey".
export function countries(codes) {
    return new Intl.ListFormat("en").format((codes || []).map((code) => (code ? regions.of(code) : "numbers of no known country")));
}

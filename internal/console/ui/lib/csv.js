// A first look at a CSV file before it is uploaded. The server reads it for real; this only shows the
// person that the right file was picked and which column holds the numbers.

const phoneNames = ["phonenumber", "phone", "mobile", "number"];

// peek reads the header and some rows of a file's first characters.
export function peek(text, rows = 3) {
    const lines = parse(text.replace(/^\uFEFF/, ""), rows + 1);
    const header = (lines[0] || []).map((h) => h.trim());
    const names = header.map((h) => h.toLowerCase().replace(/[\s_-]/g, ""));
    const phone = phoneNames.map((n) => names.indexOf(n)).find((i) => i >= 0);
    return { header, rows: lines.slice(1), phone: phone === undefined ? -1 : phone };
}

function parse(text, most) {
    const comma = delimiter(text);
    const out = [];
    let row = [], cell = "", quoted = false;
    for (let i = 0; i < text.length && out.length < most; i++) {
        const c = text[i];
        if (quoted) {
            if (c === '"' && text[i + 1] === '"') { cell += '"'; i++; }
            else if (c === '"') quoted = false;
            else cell += c;
        } else if (c === '"' && cell === "") quoted = true;
        else if (c === comma) { row.push(cell); cell = ""; }
        else if (c === "\n" || c === "\r") {
            if (c === "\r" && text[i + 1] === "\n") i++;
            row.push(cell);
            if (row.length > 1 || row[0] !== "") out.push(row);
            row = []; cell = "";
        } else cell += c;
    }
    if (out.length < most && (cell !== "" || row.length)) { row.push(cell); out.push(row); }
    return out;
}

function delimiter(text) {
    const first = text.slice(0, text.search(/[\r\n]|$/));
    return [",", ";", "\t"].reduce((best, d) => (first.split(d).length > first.split(best).length ? d : best), ",");
}

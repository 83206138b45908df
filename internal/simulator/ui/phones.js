// The phones of the sandbox: what they got, and what they answer.

const $ = (id) => document.getElementById(id);
const FAULTS = {
  throttle429: "API answers 429",
  error500: "API answers 500, nothing sent",
  error500Accepted: "API answers 500, text sent",
  emptyAccepted: "API answers 202 without a body",
  resetBeforeAccept: "Connection cut, nothing sent",
  resetAfterAccept: "Connection cut, text sent",
  slowResponse: "API answers slowly",
  callbackBeforeResponse: "Receipts before the API's answer",
  dropCallback: "Receipt lost",
  duplicateCallback: "Receipt doubled",
  reorderCallback: "Receipts out of order",
  wrongSignature: "Receipt with a wrong signature",
  doubleSignature: "Receipt with two signatures",
};
const SHARES = [0, 0.01, 0.05, 0.2, 0.5, 1];

let chosen = "";  // number of the open conversation
let view = null;  // the latest state
let drawn = {};   // what is on the page, to redraw only what changed

function el(tag, props = {}, ...children) {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
}

function changed(key, value) {
  const text = JSON.stringify(value);
  if (drawn[key] === text) return false;
  drawn[key] = text;
  return true;
}

function pretty(number) {
  const n = /^1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return n ? `+1 ${n[1]} ${n[2]}-${n[3]}` : number.length > 6 ? "+" + number : number;
}

const time = (iso) => iso.slice(11, 16);
const day = (iso) => new Date(iso).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const count = (n) => (n ?? 0).toLocaleString("en-US");

async function call(path, body) {
  const init = body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
  const answer = await fetch("api/" + path, init);
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(json.error || `The simulator answered ${answer.status}.`);
  return json;
}

function tell(text) {
  $("notice").textContent = text;
  $("notice").hidden = !text;
}

async function act(path, body) {
  try {
    await call(path, body);
    tell("");
  } catch (error) {
    tell(error.message);
  }
  await refresh();
}

function drawClock() {
  $("clock-time").textContent = time(view.clock);
  $("clock-date").textContent = `${day(view.clock)}, UTC`;
  $("hour").hidden = !view.movable;
  $("next").hidden = !view.nextOpening;
  if (view.nextOpening) $("next").title = `${day(view.nextOpening)}, ${time(view.nextOpening)} UTC`;
}

function drawCounters() {
  const { counts, states, callbacks, pending } = view;
  const rows = [
    ["Accepted", counts.accepted], ["Waiting", states.queued ?? 0], ["Unconfirmed", states.sent ?? 0], ["Delivered", states.delivered ?? 0, "good"],
    ["Undelivered", states.undelivered ?? 0, "bad"], ["Failed", states.failed ?? 0, "bad"], ["Answers", counts.inbound],
    ["Under way", pending], ["Given up", callbacks.gaveUp, "bad"], ["Cost", "$" + ((counts.costMicros + counts.carrierFeeMicros) / 1e6).toFixed(2)],
  ];
  if (!changed("counters", rows)) return;
  $("counters").replaceChildren(...rows.map(([name, value, kind]) =>
    el("div", { className: value ? kind ?? "" : "" }, el("dt", { textContent: name }), el("dd", { textContent: typeof value === "string" ? value : count(value) }))));
}

function card(p) {
  const tags = el("div", { className: "tags" });
  if (p.stopped) tags.append(el("span", { className: "tag stopped", textContent: "stopped" }));
  if (p.fate) tags.append(el("span", { className: "tag", textContent: p.fate }));
  if (p.texts > 1) tags.append(el("span", { className: "tag", textContent: `${p.texts} texts` }));
  const button = el("button", { type: "button", className: "card" },
    el("div", { className: "line" }, el("strong", { textContent: pretty(p.number) }), el("span", { className: "quiet", textContent: time(p.at) })),
    el("p", { className: "said" + (p.last.by === "phone" ? " theirs" : ""), textContent: p.last.text, dir: "auto" }), tags);
  button.setAttribute("aria-pressed", String(p.number === chosen));
  button.dataset.number = p.number;
  return el("li", {}, button);
}

function drawPhones() {
  $("empty").hidden = view.phones.length > 0;
  $("empty").textContent = $("search").value ? "No phone with these digits has got a text." : "No phone has rung yet. Send a campaign, and the texts show up here within a second.";
  $("total").textContent = view.total > view.phones.length && !$("search").value ? `${view.phones.length} of ${count(view.total)}` : "";
  if (!changed("phones", [view.phones, chosen])) return;
  const focused = document.activeElement?.dataset?.number;
  $("grid").replaceChildren(...view.phones.map(card));
  if (focused) $("grid").querySelector(`[data-number="${focused}"]`)?.focus({ preventScroll: true });
}

function drawFaults() {
  const on = Object.keys(FAULTS).filter((name) => view.faults[name] > 0);
  $("faults-on").textContent = on.length ? `${on.length} on` : "all off";
  if (!changed("faults", view.faults)) return;
  $("faults").replaceChildren(...Object.entries(FAULTS).map(([name, label]) => {
    const value = view.faults[name];
    const shares = SHARES.includes(value) ? SHARES : [...SHARES, value].sort((a, b) => a - b);
    const select = el("select", {}, ...shares.map((s) => el("option", { value: s, textContent: s ? `${+(s * 100).toFixed(1)} %` : "off", selected: s === value })));
    select.addEventListener("change", () => act("faults", { [name]: Number(select.value) }));
    return el("label", {}, el("span", { className: value ? "on" : "", textContent: label }), select);
  }));
}

async function drawTalk() {
  $("phone").hidden = !chosen;
  document.querySelector("main").classList.toggle("talking", Boolean(chosen));
  if (!chosen) return;
  const number = chosen;
  const { texts, fate, stopped } = await call("phones/" + number);
  if (number !== chosen || !changed("talk", [number, texts, stopped])) return;
  $("phone-number").textContent = pretty(number);
  $("phone-fate").textContent = [fate, stopped ? "stopped" : ""].filter(Boolean).join(" · ");
  const talk = $("talk");
  let last = "";
  talk.replaceChildren(...texts.map((t) => {
    const who = { phone: "phone-said", plivo: "plivo", sender: "" }[t.by];
    const when = (day(t.at) === last ? "" : day(t.at) + ", ") + time(t.at);
    last = day(t.at);
    const from = { phone: `to ${pretty(t.with)}`, plivo: "automatic answer of the provider", sender: pretty(t.with) }[t.by];
    return el("li", { className: "bubble " + who }, el("p", { textContent: t.text, dir: "auto" }), el("small", { textContent: `${when} · ${from}` }));
  }));
  talk.scrollTop = talk.scrollHeight;
  talk.dataset.with = texts.at(-1)?.with ?? view.numbers[0] ?? "";
}

async function refresh() {
  try {
    view = await call("state?q=" + encodeURIComponent($("search").value));
    drawClock();
    drawCounters();
    drawPhones();
    drawFaults();
    await drawTalk();
    if (drawn.lost) { drawn.lost = ""; tell(""); }
  } catch (error) {
    drawn.lost = "yes";
    tell("The simulator does not answer. Trying again.");
  }
}

function choose(number) {
  chosen = number;
  history.replaceState(null, "", number ? "#" + number : location.pathname);
  drawn.talk = "";
  return refresh();
}

function say(text) {
  return act("inject", { from: chosen, to: $("talk").dataset.with, text });
}

$("grid").addEventListener("click", (event) => {
  const number = event.target.closest("button")?.dataset.number;
  if (number) choose(number);
});
$("close").addEventListener("click", () => choose(""));
$("quick").addEventListener("click", (event) => {
  const text = event.target.closest("button")?.dataset.text;
  if (text) say(text);
});
$("answer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  say(text);
});
$("hour").addEventListener("click", () => act("clock", { advance: "1h" }));
$("next").addEventListener("click", () => act("clock", { next: true }));
$("search").addEventListener("input", refresh);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen) choose("");
});

chosen = /^#(\d+)$/.exec(location.hash)?.[1] ?? "";
await refresh();
setInterval(() => { if (!document.hidden) refresh(); }, 1000);

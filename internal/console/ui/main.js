/*
 * The dashboard's entry. PocketBase wraps this file in a function and runs it before anybody signs in:
 * no static import, no pending await (a later extension would miss its chance to register routes), and
 * no exception, which would take other extensions down with it.
 */
const base = new URL("./extensions/__EXTENSION__/", import.meta.url).href;
const config = { sandbox: "__SANDBOX__" };
const dash = () => import(base + "dash.js");
const page = (file) => async (route) => (await dash()).open(base + "pages/" + file, route, config);

app.routes.superuserOnly("#/texts", page("home.js"));
app.routes.superuserOnly("#/texts/campaigns", page("campaigns.js"));
app.routes.superuserOnly("#/texts/runs", page("runs.js"));
app.routes.superuserOnly("#/texts/runs/{id}", page("run.js"));
app.routes.superuserOnly("#/texts/reviews", page("reviews.js"));
app.routes.superuserOnly("#/texts/import", page("import.js"));
app.routes.superuserOnly("#/texts/forms", page("forms.js"));
app.routes.superuserOnly("#/texts/rules", page("rules.js"));
app.routes.fallbackPath = "#/texts";

app.store.headerLinks.unshift({
    href: "#/texts",
    icon: "ri-message-3-line",
    label: "Texts",
});

document.head.appendChild(t.link({ rel: "stylesheet", href: base + "console.css" }));

/*
 * The forms for records are wrapped here and not in hooks.js, because an address such as
 * "#/collections?collection=campaigns&record=ID" opens one before that file has arrived.
 */
const hooks = import(base + "hooks.js");
hooks.catch((err) => console.error("Tidings: the buttons in the record forms are missing.", err));

const openRecord = app.modals.openRecordUpsert;
app.modals.openRecordUpsert = function(collection, record, settings = {}) {
    const state = { collection, record: typeof record === "string" ? { id: record } : record, run() {} };
    openRecord.call(this, collection, record, {
        ...settings,
        onsave(saved, isNew) { state.record = saved; state.run(); settings.onsave?.(saved, isNew); },
        onduplicate(clone) { state.record = null; state.run(); settings.onduplicate?.(clone); },
    });
    const modals = document.querySelectorAll("body > .record-upsert-modal");
    const modal = modals[modals.length - 1];
    if (modal) hooks.then((h) => h.attach(modal, state, config)).catch(() => {});
};

const textInput = app.fieldTypes.text.input;
app.fieldTypes.text.input = (props) => {
    const el = textInput(props);
    if (props.collection?.name === "campaigns" && props.field?.name === "messageBody") {
        hooks.then((h) => h.measureText(el, props, config)).catch(() => {});
    }
    return el;
};

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
app.routes.superuserOnly("#/texts/import", page("import.js"));
app.routes.fallbackPath = "#/texts";

app.store.headerLinks.unshift({
    href: "#/texts",
    icon: "ri-message-3-line",
    label: "Texts",
    isActive: () => location.hash.startsWith("#/texts"),
});

document.head.appendChild(t.link({ rel: "stylesheet", href: base + "console.css" }));
import(base + "hooks.js")
    .then((hooks) => hooks.install(config))
    .catch((err) => console.error("Tidings: the buttons in the record forms are missing.", err));

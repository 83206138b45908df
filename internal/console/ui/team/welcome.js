import { explain, Problem } from "../lib/problem.js";
import { busyButton, field, notice } from "../parts/dialog.js";
import { door } from "./signin.js";

// welcome lets somebody who was invited choose a password with the one-time link, and signs in.
export function welcome({ ctx, client, route, done }) {
    const { t, store } = ctx;
    const token = route.params.token;
    const email = emailIn(token);
    const data = store({ password: "", again: "", problem: "", busy: false });
    async function submit(e) {
        e.preventDefault();
        if (data.busy) return;
        data.problem = "";
        if (data.password !== data.again) {
            data.problem = "The two passwords differ.";
            return;
        }
        data.busy = true;
        try {
            client.keep(null);
            await client.send("POST", "/api/collections/users/confirm-password-reset", { token, password: data.password, passwordConfirm: data.again });
            // The link is used up: it must not stay in the history.
            history.replaceState(null, "", "#/signin");
            if (email) {
                await client.signIn(email, data.password);
                done();
            } else {
                ctx.go("#/signin");
            }
        } catch (err) {
            data.problem = err instanceof Problem && err.fields.token
                ? "This link was used already, or is older than three days. Ask the owner of your organisation for a new one."
                : err instanceof Problem && err.fields.password ? "Choose a longer password: " + err.fields.password : explain(err);
        }
        data.busy = false;
    }
    const secret = (name, label, help) => field(ctx, {
        label, required: true, help,
        input: (p) => t.input({ ...p, type: "password", name, autocomplete: "new-password", required: true, minLength: 8, oninput: (e) => (data[name] = e.target.value) }),
    });
    return door(t, "Welcome",
        t.p({ className: "txt-hint txt-center" }, email ? "You sign in as " + email + ". Choose a password." : "Choose a password."),
        t.form({ className: "tx-form", onsubmit: submit },
            email ? t.input({ type: "email", name: "email", autocomplete: "username", value: email, readOnly: true, hidden: true }) : undefined,
            secret("password", "Password", "At least 8 characters."),
            secret("again", "The same again"),
            () => (data.problem ? notice(ctx, "danger", data.problem) : undefined),
            busyButton(ctx, { type: "submit", className: "lg block", busy: () => data.busy }, "Set the password and sign in")));
}

// emailIn reads the address that the link was made for; the server is the one who checks it.
function emailIn(token) {
    try {
        const part = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
        return JSON.parse(atob(part)).email || "";
    } catch {
        return "";
    }
}

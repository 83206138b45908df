import { explain, Problem } from "../lib/problem.js";
import { busyButton, field, notice } from "../parts/dialog.js";

// signIn asks for e-mail and password.
export function signIn({ ctx, client, done }) {
    const { t, store } = ctx;
    const data = store({ email: "", password: "", problem: "", busy: false });
    async function submit(e) {
        e.preventDefault();
        if (data.busy) return;
        data.busy = true;
        data.problem = "";
        try {
            await client.signIn(data.email.trim(), data.password);
            done();
        } catch (err) {
            data.problem = err instanceof Problem && err.status === 400 ? "E-mail or password is wrong." : explain(err);
        }
        data.busy = false;
    }
    return door(t, "Sign in",
        t.form({ className: "tx-form", onsubmit: submit },
            field(ctx, {
                label: "E-mail", required: true,
                input: (p) => t.input({ ...p, type: "email", name: "email", autocomplete: "username", required: true, autofocus: true, oninput: (e) => (data.email = e.target.value) }),
            }),
            field(ctx, {
                label: "Password", required: true,
                input: (p) => t.input({ ...p, type: "password", name: "password", autocomplete: "current-password", required: true, oninput: (e) => (data.password = e.target.value) }),
            }),
            () => (data.problem ? notice(ctx, "danger", data.problem) : undefined),
            busyButton(ctx, { type: "submit", className: "lg block", busy: () => data.busy }, "Sign in"),
            t.p({ className: "txt-hint txt-center" }, "No account? The owner of your organisation can invite you.")));
}

// door is the frame of pages before somebody is signed in.
export function door(t, title, ...children) {
    return t.div({ className: "page tx-door" },
        t.main({ className: "tx-door-in" },
            t.div({ className: "tx-door-logo" }, t.i({ className: "ri-message-3-line", ariaHidden: true }), t.span(null, "Tidings")),
            t.h1({ className: "tx-h1" }, title),
            ...children));
}

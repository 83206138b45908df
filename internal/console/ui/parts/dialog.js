// One kind of window for both shells: the browser's own dialog, which keeps the focus inside, closes
// with Escape, lies above the dashboard's panels and is announced with its title.

let serial = 0;

// open shows a dialog. build(close) gives {title, body, footer, wide?}; body and footer are elements or
// reactive functions. It resolves with what close was called with, or undefined when it was dismissed.
export function open(ctx, build) {
    const { t } = ctx;
    const id = "tx-dialog-" + ++serial;
    const before = document.activeElement;
    return new Promise((resolve) => {
        let result;
        const close = (value) => {
            result = value;
            el.close();
        };
        const parts = build(close);
        const el = t.dialog(
            {
                className: "tx-dialog" + (parts.wide ? " wide" : ""),
                "html-aria-labelledby": id,
                onclose: () => {
                    el.remove();
                    removeEventListener("hashchange", leave);
                    before?.focus?.();
                    resolve(result);
                },
                // A press that began inside and ended on the backdrop is a text selection, not a dismissal.
                onmousedown: (e) => { el.dataset.down = e.target === el ? "backdrop" : ""; },
                onclick: (e) => { if (e.target === el && el.dataset.down === "backdrop") close(); },
                // The dashboard's panels below listen for Escape as well.
                onkeydown: (e) => e.stopPropagation(),
            },
            t.div({ className: "tx-dialog-frame" },
                t.header({ className: "tx-dialog-head" },
                    t.h2({ id, className: "tx-dialog-title" }, parts.title),
                    t.button(
                        { type: "button", className: "btn sm circle transparent secondary", ariaLabel: "Close", onclick: () => close() },
                        t.i({ className: "ri-close-line", ariaHidden: true }),
                    ),
                ),
                t.div({ className: "tx-dialog-body" }, parts.body),
                t.footer({ className: "tx-dialog-foot" }, parts.footer),
            ),
        );
        const leave = () => close();
        addEventListener("hashchange", leave);
        document.body.append(el);
        el.showModal();
    });
}

// ask is a question with one dangerous answer. It resolves to true or false.
export function ask(ctx, { title, text, yes, no = "No, go back" }) {
    const { t } = ctx;
    return open(ctx, (close) => ({
        title,
        body: t.p(null, text),
        footer: [
            t.button({ type: "button", className: "btn transparent", autofocus: true, onclick: () => close(false) }, t.span({ className: "txt" }, no)),
            t.button({ type: "button", className: "btn danger tx-yes", onclick: () => close(true) }, t.span({ className: "txt" }, yes)),
        ],
    })).then((answer) => answer === true);
}

// notice is a coloured box. tone: info, success, warning, danger.
export function notice(ctx, tone, ...children) {
    return ctx.t.div({ className: "tx-notice " + tone, role: tone === "danger" ? "alert" : "note" }, ...children);
}

// field is a labelled input with help and the server's complaint. input gets the id of its label.
//
// Within something reactive, an input takes its value as a function: read at once, it would make every
// key pressed draw a new input without the focus.
export function field(ctx, { label, help, error, required, input }) {
    const { t } = ctx;
    const id = "tx-field-" + ++serial;
    const note = id + "-note";
    const control = input({ id, "html-aria-describedby": note });
    return t.div({ className: "tx-field" },
        t.div({ className: () => "field" + (required ? " required" : "") + (error?.() ? " error" : "") },
            t.label({ htmlFor: id }, label),
            control,
        ),
        t.div({ id: note, className: "field-help" },
            () => (error?.() ? t.span({ className: "txt-danger" }, error()) : undefined),
            () => (error?.() ? undefined : typeof help === "function" ? help() : help),
        ),
    );
}

export function busyButton(ctx, props, label) {
    const { t } = ctx;
    const { busy, className, disabled, icon, ...rest } = props;
    return t.button(
        {
            type: "button",
            ...rest,
            className: () => "btn " + className + (busy() ? " loading" : ""),
            disabled: () => busy() || !!disabled?.(),
        },
        icon ? t.i({ className: icon, ariaHidden: true }) : undefined,
        t.span({ className: "txt" }, label),
    );
}

import { Problem } from "../lib/problem.js";

// upload posts a form and tells how far it is, from 0 to 1. fetch cannot do that.
export function upload(ctx, path, form, onprogress) {
    return new Promise((resolve, reject) => {
        const x = new XMLHttpRequest();
        x.open("POST", ctx.api.url(path));
        for (const [name, value] of Object.entries(ctx.api.headers())) x.setRequestHeader(name, value);
        x.upload.onprogress = (e) => { if (e.lengthComputable) onprogress(e.loaded / e.total); };
        x.onerror = () => reject(new Problem(0));
        x.onload = () => {
            let body = null;
            try { body = JSON.parse(x.responseText); } catch { /* an answer without words */ }
            if (x.status >= 200 && x.status < 300) resolve(body);
            else reject(new Problem(x.status, body));
        };
        x.send(form);
    });
}

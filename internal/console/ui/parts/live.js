// live keeps a page fresh while it is on the screen: it subscribes first and reads then, so that nothing
// that happens in between is lost, and reads again after every interruption of the connection.
//
// It gives onmount and onunmount for the page's element, and again(): read soon, at most once in
// an interval, and not at all once the page has gone. onevent may call it too.
export function live(ctx, { topics, onevent, read, interval = 1000 }) {
    const stops = [];
    let here = false, timer = 0, last = 0;
    const now = () => {
        timer = 0;
        last = Date.now();
        if (here) read();
    };
    const again = () => {
        if (!timer && here) timer = setTimeout(now, Math.max(0, last + interval - Date.now()));
    };
    return {
        again,
        onmount: async () => {
            here = true;
            try {
                for (const topic of topics) {
                    const stop = await ctx.api.subscribe(topic, (e) => { if (here) onevent(e, again); });
                    if (here) stops.push(stop);
                    else stop();
                }
                if (here) stops.push(ctx.api.onreconnect(again));
            } catch (err) {
                // Without realtime the page still shows what is there now.
                console.warn("Tidings: no live updates.", err);
            }
            again();
        },
        onunmount: () => {
            here = false;
            clearTimeout(timer);
            for (const stop of stops.splice(0)) stop();
        },
    };
}

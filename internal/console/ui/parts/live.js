// live keeps a page fresh while it is on the screen: it subscribes first and reads then, so that nothing
// that happens in between is lost, and reads again after every interruption of the connection.
//
// Returns onmount and onunmount for the page's element.
export function live(ctx, { topics, onevent, read }) {
    const stops = [];
    let here = false;
    const again = () => { if (here) read(); };
    return {
        onmount: async () => {
            here = true;
            try {
                for (const topic of topics) {
                    const stop = await ctx.api.subscribe(topic, (e) => { if (here) onevent(e, topic); });
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
            for (const stop of stops.splice(0)) stop();
        },
    };
}

// calm calls fn at most once in an interval, and once more at the end of a burst.
export function calm(fn, interval) {
    let timer = null, last = 0;
    return () => {
        if (timer) return;
        timer = setTimeout(() => { timer = null; last = Date.now(); fn(); }, Math.max(0, last + interval - Date.now()));
    };
}

package hooks

import (
	"maps"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/subscriptions"
)

// orgKey keeps the X-Org of the subscribe call in a realtime client's store.
const orgKey = "tidingsOrg"

// orgHeaderKey is X-Org as PocketBase's rules spell it.
const orgHeaderKey = "x_org"

// registerOrgInRealtime carries the X-Org header of the subscribe call to the rules. PocketBase gives
// the rules of a subscription only the headers written inside the subscription's own options, which
// clients rarely set.
func registerOrgInRealtime(app core.App) {
	app.OnRealtimeConnectRequest().Bind(&hook.Handler[*core.RealtimeConnectRequestEvent]{
		Id: "tidingsOrgClient",
		Func: func(e *core.RealtimeConnectRequestEvent) error {
			e.Client = orgClient{e.Client}
			return e.Next()
		},
	})
	app.OnRealtimeSubscribeRequest().Bind(&hook.Handler[*core.RealtimeSubscribeRequestEvent]{
		Id: "tidingsOrgSubscribe",
		Func: func(e *core.RealtimeSubscribeRequestEvent) error {
			// Every call replaces all subscriptions, so the last one's header holds for all.
			e.Client.Set(orgKey, e.Request.Header.Get(orgHeader))
			return e.Next()
		},
	})
}

// orgClient is a realtime client whose subscriptions carry the organisation.
type orgClient struct{ subscriptions.Client }

// Subscriptions fills the organisation in where a subscription's own options name none. The maps
// inside are the client's own, hence the copies.
func (c orgClient) Subscriptions(prefixes ...string) map[string]subscriptions.SubscriptionOptions {
	subs := c.Client.Subscriptions(prefixes...)
	org, _ := c.Get(orgKey).(string)
	if org == "" {
		return subs
	}
	for name, o := range subs {
		if o.Headers[orgHeaderKey] != "" {
			continue
		}
		headers := maps.Clone(o.Headers)
		if headers == nil {
			headers = map[string]string{}
		}
		headers[orgHeaderKey] = org
		o.Headers = headers
		subs[name] = o
	}
	return subs
}

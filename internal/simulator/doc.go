// Package simulator is a faithful Plivo for machines without an account: the
// messaging API, signed webhooks, keyword handling, queues, fates and faults,
// a page of phones, and a ledger that knows what really happened.
//
// It decides what a carrier and a provider would do with a text. It refuses
// what Plivo refuses (bad numbers, long texts, wrong credentials), and it
// shares no code with our Plivo client: signatures, unit counts and phone
// checks are written a second time, so that a mistake on one side shows.
//
//	sim := simulator.New(simulator.Config{AuthID: "MASANDBOX", AuthToken: "secret"})
//	defer sim.Close(ctx)
//	sim.SetInbound("+12125550100", "http://127.0.0.1:8090/webhooks/plivo/inbound")
//	http.Handle("/v1/", sim)
//
// README.md beside this file lists the fates of numbers and the faults.
package simulator

package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// application is what Plivo calls the settings of a number: where inbound texts
// are reported.
type application struct {
	id, name, messageURL string
}

// applications are all of them, and which number has which. The first is the
// default.
type applications struct {
	list    []*application
	numbers map[string]*application // rented numbers
}

func (a *applications) init() {
	a.numbers = make(map[string]*application)
	a.make("default")
}

func (a *applications) make(name string) *application {
	app := &application{id: strconv.Itoa(20_000_000_000_000_001 + len(a.list)), name: name}
	a.list = append(a.list, app)
	return app
}

func (a *applications) byID(id string) *application {
	for _, app := range a.list {
		if app.id == id {
			return app
		}
	}
	return nil
}

func (a *applications) rent(number string) {
	if a.numbers[number] == nil {
		a.numbers[number] = a.list[0]
	}
}

func (a *applications) isRented(number string) bool { return a.numbers[number] != nil }

func (a *applications) rentedNumbers() []string { return slices.Sorted(keysOf(a.numbers)) }

func (a *applications) assign(number, id string) bool {
	app := a.byID(id)
	if app == nil {
		return false
	}
	a.numbers[number] = app
	return true
}

func (a *applications) of(number string) string {
	if app := a.numbers[number]; app != nil {
		return app.id
	}
	return a.list[0].id
}

func (a *applications) setInbound(number, url string) {
	if number == "" {
		a.list[0].messageURL = url
		return
	}
	app := a.numbers[number]
	if app == nil || app == a.list[0] {
		app = a.make(number)
		a.numbers[number] = app
	}
	app.messageURL = url
}

func (a *applications) inboundURL(number string) string {
	if app := a.numbers[number]; app != nil && app.messageURL != "" {
		return app.messageURL
	}
	return a.list[0].messageURL
}

func (s *Simulator) serveApplications(w http.ResponseWriter, r *http.Request, id string) {
	switch {
	case r.Method == http.MethodGet && id == "":
		s.listApplications(w)
	case r.Method == http.MethodGet:
		s.withApplication(w, id, func(app application) {
			s.answer(w, http.StatusOK, s.applicationRecord(app))
		})
	case r.Method == http.MethodPost:
		s.postApplication(w, r, id)
	default:
		s.refuse(w, http.StatusMethodNotAllowed, "method not allowed")
	}
}

func (s *Simulator) withApplication(w http.ResponseWriter, id string, do func(application)) {
	s.mu.Lock()
	app := s.apps.byID(id)
	if app == nil {
		s.mu.Unlock()
		s.notFound(w)
		return
	}
	copied := *app
	s.mu.Unlock()
	do(copied)
}

func (s *Simulator) listApplications(w http.ResponseWriter) {
	s.mu.Lock()
	objects := make([]map[string]any, len(s.apps.list))
	for i, app := range s.apps.list {
		objects[i] = s.applicationRecord(*app)
	}
	s.mu.Unlock()
	s.answer(w, http.StatusOK, map[string]any{"objects": objects, "meta": map[string]any{
		"limit": pageSize, "offset": 0, "total_count": len(objects), "next": nil, "previous": nil}})
}

func (s *Simulator) postApplication(w http.ResponseWriter, r *http.Request, id string) {
	fields, err := readFields(w, r)
	if err != nil {
		s.refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	s.mu.Lock()
	app, status, message := s.apps.byID(id), http.StatusAccepted, "changed"
	if id == "" {
		app, status, message = s.apps.make(fields["app_name"]), http.StatusCreated, "created"
	}
	if app == nil {
		s.mu.Unlock()
		s.notFound(w)
		return
	}
	if url, ok := fields["message_url"]; ok {
		app.messageURL = url
	}
	if name := fields["app_name"]; name != "" {
		app.name = name
	}
	id = app.id
	s.mu.Unlock()
	s.answer(w, status, map[string]any{"message": message, "app_id": id})
}

func (s *Simulator) applicationRecord(app application) map[string]any {
	return map[string]any{
		"app_id": app.id, "app_name": app.name, "enabled": true, "default_app": app.name == "default", "default_endpoint_app": false,
		"message_url": app.messageURL, "message_method": "POST", "log_incoming_messages": true, "public_uri": false,
		"answer_url": "", "answer_method": "POST", "hangup_url": "", "hangup_method": "POST",
		"fallback_answer_url": "", "fallback_method": "POST", "sip_uri": "sip:" + app.id + "@app.plivo.com", "sub_account": nil,
		"resource_uri": s.accountPath("Application/" + app.id + "/"),
	}
}

// readFields reads a flat JSON object; other values than texts are written out.
func readFields(w http.ResponseWriter, r *http.Request) (map[string]string, error) {
	body, err := readAll(w, r)
	if err != nil {
		return nil, errors.New("the body could not be read")
	}
	var raw map[string]any
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, errors.New("the body is not a JSON object")
	}
	fields := make(map[string]string, len(raw))
	for k, v := range raw {
		fields[k] = fmt.Sprint(v)
	}
	return fields, nil
}

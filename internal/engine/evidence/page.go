package evidence

import (
	"bytes"
	"fmt"
	"html/template"
	"time"
)

// page is everything to read and to print, with contents.
func page(dossiers []Dossier) ([]byte, error) {
	var out bytes.Buffer
	if err := layout.Execute(&out, dossiers); err != nil {
		return nil, fmt.Errorf("write the page: %w", err)
	}
	return out.Bytes(), nil
}

var layout = template.Must(template.New("page").Funcs(template.FuncMap{
	"utc":   utc,
	"local": func(d Dossier, at time.Time) string { return d.locals(at) },
	"when":  func(m Message) time.Time { return m.when() },
	"way":   func(m Message) string { return m.direction() },
	"text":  func(raw []byte) string { return string(raw) },
	"words": func(v *Verdict) string { return v.words() },
}).Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evidence{{with .}} for {{(index . 0).Number}}{{end}}</title>
<style>
body { font: 14px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 72em; padding: 0 1em; color: #111; }
table { border-collapse: collapse; width: 100%; margin: 0.5em 0 1.5em; }
th, td { border: 1px solid #bbb; padding: 4px 6px; text-align: left; vertical-align: top; overflow-wrap: break-word; }
th { background: #eee; white-space: nowrap; }
code { font-size: 11px; overflow-wrap: anywhere; }
blockquote { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 12em; }
tr, blockquote { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } section { break-before: page; } }
</style>
</head>
<body>
<h1>Evidence{{with .}} for {{(index . 0).Number}}{{end}}</h1>
{{if not .}}<p>Nothing is known of this number.</p>{{end}}
<nav><h2>Contents</h2><ol>
{{range .}}<li><a href="#{{.Slug}}">{{.Name}}</a>: <a href="#{{.Slug}}-consent">consent</a> ({{len .Events}}),
<a href="#{{.Slug}}-optouts">opt-outs</a> ({{len .OptOuts}}), <a href="#{{.Slug}}-messages">messages</a> ({{len .Messages}}),
<a href="#{{.Slug}}-held">do not text</a> ({{len .Suppressions}}), <a href="#{{.Slug}}-reviews">reviews</a> ({{len .Reviews}})</li>
{{end}}</ol></nav>
{{range $d := .}}<section id="{{.Slug}}">
<h2>{{.Name}}</h2>
{{with .Subscriber}}<p>{{.FirstName}} {{.LastName}}, status {{.Status}}, on record since {{utc .Created}}.</p>
{{else}}<p>There is no subscriber of this number any more, or there never was; what follows outlives it.</p>{{end}}
<p>The person may be in {{range $i, $z := .Zones}}{{if $i}}, {{end}}{{$z}}{{end}}.</p>

<h3 id="{{.Slug}}-consent">Consent</h3>
<table><tr><th>Row</th><th>When</th><th>What</th><th>The words</th><th>Evidence</th></tr>
{{range .Events}}<tr><td>{{.Seq}}</td><td>{{utc .At}}<br>{{local $d .At}}</td><td>{{.Action}} by {{.Method}}</td>
<td><blockquote>{{.Text}}</blockquote></td><td><code>{{text .Evidence}}</code><br>hash <code>{{.Hash}}</code><br>before it <code>{{.PrevHash}}</code></td></tr>
{{end}}</table>
<p>The ledger of this organisation stands at row {{.Head.Seq}}, <code>{{.Head.Hash}}</code>, sealed with <code>{{.HeadMAC}}</code>.</p>

<h3 id="{{.Slug}}-optouts">Opt-outs</h3>
<table><tr><th>Row</th><th>The words</th><th>Asked</th><th>Honoured</th><th>Seconds</th><th>Texts afterwards</th></tr>
{{range .OptOuts}}<tr><td>{{.Seq}}</td><td><blockquote>{{.Words}}</blockquote></td><td>{{utc .Asked}}</td><td>{{utc .Honoured}}</td>
<td>{{printf "%.3f" .Seconds}}</td><td>{{.After}}</td></tr>
{{end}}</table>

<h3 id="{{.Slug}}-messages">Messages</h3>
<table><tr><th>When</th><th>Which</th><th>Text</th><th>Became</th><th>Decided by</th></tr>
{{range .Messages}}<tr><td>{{utc (when .)}}<br>{{local $d (when .)}}</td><td>{{way .}} {{.Kind}}<br>{{.Campaign}}<br>{{.Sender}}</td>
<td><blockquote>{{.Body}}</blockquote></td><td>{{.Status}} {{.Reason}} {{.ErrorCode}}<br><code>{{.UUID}}</code></td>
<td>{{with .Verdict}}rules {{.Rules}}, asked for {{utc .At}}: {{if .Allowed}}allowed{{else}}not allowed {{.Reason}}{{end}}<br><code>{{words .}}</code>{{end}}</td></tr>
{{end}}</table>

<h3 id="{{.Slug}}-held">Do not text</h3>
<table><tr><th>Since</th><th>Reason</th><th>Source</th><th>Holds for</th></tr>
{{range .Suppressions}}<tr><td>{{utc .Created}}</td><td>{{.Reason}}</td><td>{{.Source}}</td><td>{{if .Everywhere}}the whole installation{{else}}this organisation{{end}}</td></tr>
{{end}}</table>

<h3 id="{{.Slug}}-reviews">Reviews</h3>
<table><tr><th>Opened</th><th>The words</th><th>Due</th><th>Decided</th></tr>
{{range .Reviews}}<tr><td>{{utc .Opened}}</td><td><blockquote>{{.Text}}</blockquote></td><td>{{utc .DueAt}}</td><td>{{.Status}} {{with .By}}by {{.}}{{end}} {{utc .At}}</td></tr>
{{end}}</table>
</section>
{{end}}</body>
</html>
`))

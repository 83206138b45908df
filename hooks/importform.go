package hooks

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"tidings/internal/engine/importer"
)

const (
	// maxFormField is bytes of one field: the words of a consent are 20,000
	// characters at most, of up to four bytes.
	maxFormField = 80_000
	// maxFormParts is far above what the form has.
	maxFormParts = 32
)

// importForm is a multipart form whose file went to disk as it came.
type importForm struct {
	fields   map[string]string
	hasFile  bool
	fileName string
	upload   importer.Upload
}

// discard removes a file that no import has taken over.
func (f *importForm) discard() {
	if f.hasFile {
		f.upload.Discard()
	}
}

// readImportForm reads the parts one after the other. The form is never nil, so
// that what came in can be discarded after an error.
func readImportForm(r *http.Request, to *importer.Importer) (*importForm, error) {
	form := &importForm{fields: map[string]string{}}
	parts, err := r.MultipartReader()
	if err != nil {
		return form, &importer.Refusal{Field: "file", Code: importer.CodeFileRequired, Message: "Send a multipart form with the CSV file as the part file"}
	}
	for range maxFormParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return form, nil
		}
		if err == nil {
			err = form.take(part, to)
		}
		if err != nil {
			return form, asBroken(err)
		}
	}
	return form, &importer.Refusal{Field: "file", Code: "bad_form", Message: "The form has too many parts"}
}

func (f *importForm) take(part *multipart.Part, to *importer.Importer) error {
	name := part.FormName()
	if name == "file" {
		if f.hasFile {
			return &importer.Refusal{Field: "file", Code: "bad_form", Message: "Send one file at a time"}
		}
		upload, err := to.Receive(part)
		if err != nil {
			return err
		}
		f.hasFile, f.upload, f.fileName = true, upload, part.FileName()
		return nil
	}
	raw, err := io.ReadAll(io.LimitReader(part, maxFormField+1))
	if err != nil {
		return err
	}
	if len(raw) > maxFormField {
		return &importer.Refusal{Field: name, Code: "field_too_long", Message: "This field is too long"}
	}
	f.fields[name] = strings.TrimSpace(string(raw))
	return nil
}

// asBroken makes a refusal of a body that does not end where it says, which is
// the client's fault; what is ours stays as it is.
func asBroken(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || strings.HasPrefix(err.Error(), "multipart: ") {
		return &importer.Refusal{Field: "file", Code: "bad_form", Message: "The form ends too early; send it again"}
	}
	return err
}

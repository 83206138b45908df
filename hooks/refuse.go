package hooks

import (
	"errors"
	"net/http"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/tools/router"
)

// refuse is an answer in PocketBase's error shape: data.{field} carries a code that stays the same and
// a text for the person.
func refuse(status int, field, code, message string) error {
	return router.NewApiError(status, message, fault(field, code, message))
}

// fault refuses the value of one field. From a model hook PocketBase makes a 400 of it.
func fault(field, code, message string) validation.Errors {
	return validation.Errors{field: validation.NewError(code, message)}
}

// notUnique is the error of a row that is there already, told of the field that a person knows: a
// unique index over (org, field) would blame org as well.
func notUnique(err error, field string) error {
	var all validation.Errors
	if !errors.As(err, &all) {
		return err
	}
	if _, ok := all[field]; !ok {
		return err
	}
	var one validation.Error
	if org, ok := all["org"]; ok && errors.As(org, &one) && one.Code() == "validation_not_unique" {
		return validation.Errors{field: all[field]}
	}
	return err
}

func unauthorized() error {
	return router.NewUnauthorizedError("Sign in to do this.", nil)
}

func notFound() error { return router.NewNotFoundError("", nil) }

func badBody(err error) error {
	return router.NewApiError(http.StatusBadRequest, "The body is no JSON object that this call knows.", err)
}

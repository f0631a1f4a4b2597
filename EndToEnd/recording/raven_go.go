// A shop's job that fails, reported by the client for Go before the present one.
package main

import (
	"errors"
	"os"

	"github.com/getsentry/raven-go"
)

func main() {
	raven.SetDSN(os.Getenv("SENTRY_DSN"))
	raven.SetRelease("1.4.2")
	raven.SetEnvironment("staging")
	raven.SetUserContext(&raven.User{ID: "9", Email: "ada@shop.example"})
	raven.CaptureErrorAndWait(errors.New("nothing left"), map[string]string{"tenant": "acme"})
}

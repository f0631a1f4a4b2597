// A shop's job that fails, reported by the present client for Go.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/getsentry/sentry-go"
)

var errStock = errors.New("nothing left")

func save(order int) error {
	return fmt.Errorf("order %d: %w", order, errStock)
}

func main() {
	err := sentry.Init(sentry.ClientOptions{
		Dsn: os.Getenv("SENTRY_DSN"), Release: "shop@1.4.2", Environment: "staging", ServerName: "shop-1",
		AttachStacktrace: true,
	})
	if err != nil {
		panic(err)
	}
	sentry.ConfigureScope(func(scope *sentry.Scope) {
		scope.SetTag("tenant", "acme")
		scope.SetUser(sentry.User{ID: "9", Email: "ada@shop.example"})
	})
	sentry.AddBreadcrumb(&sentry.Breadcrumb{Category: "query", Message: "select 1", Level: sentry.LevelDebug})
	sentry.CaptureException(save(17))
	sentry.Flush(2 * time.Second)
}

// A request to an HTTP shop that panics, with its trace, a check-in and a log of what was done.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/getsentry/sentry-go"
	sentryhttp "github.com/getsentry/sentry-go/http"
)

type order struct {
	id    int
	lines []int
}

func priceOf(one *order, line int) int {
	return one.lines[line]
}

func save(one *order) {
	priceOf(one, 3)
}

func answer(_ http.ResponseWriter, request *http.Request) {
	hub := sentry.GetHubFromContext(request.Context())
	hub.ConfigureScope(func(scope *sentry.Scope) {
		scope.SetUser(sentry.User{ID: "9", Email: "ada@shop.example", Data: map[string]string{"plan": "pro"}})
		scope.SetTag("tenant", "acme")
		scope.SetContext("basket", sentry.Context{"items": 3, "empty": sentry.Context{}, "sum": 12.5})
	})
	hub.AddBreadcrumb(&sentry.Breadcrumb{
		Category: "query", Message: "select 1", Level: sentry.LevelDebug, Data: map[string]interface{}{"rows": 1},
	}, nil)
	span := sentry.StartSpan(request.Context(), "db.query", sentry.WithDescription("select price"))
	span.Finish()
	save(&order{id: 17, lines: []int{1, 2}})
}

func main() {
	err := sentry.Init(sentry.ClientOptions{
		Dsn: os.Getenv("SENTRY_DSN"), Release: "shop@1.4.2", Environment: "staging", ServerName: "shop-1",
		EnableTracing: true, TracesSampleRate: 1, AttachStacktrace: true, SendDefaultPII: true,
	})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	defer sentry.Flush(2 * time.Second)
	sentry.CaptureCheckIn(&sentry.CheckIn{MonitorSlug: "nightly-export", Status: sentry.CheckInStatusError}, nil)
	request := httptest.NewRequest("POST", "http://shop.example/orders/17?debug=1", nil)
	request.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0")
	request.Header.Set("Cookie", "basket=3")
	sentryhttp.New(sentryhttp.Options{}).HandleFunc(answer)(httptest.NewRecorder(), request)
}

// Finds libcurl at run time and posts with it, over one connection that is kept open.

#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

// The library's binary interface, which it has kept since 2000: numbers of options are never given anew.
enum {
    OPTION_TIMEOUT_MS = 155,
    OPTION_NOSIGNAL = 99,
    OPTION_NOPROGRESS = 43,
    OPTION_POST = 47,
    OPTION_HTTP_VERSION = 84,
    OPTION_SUPPRESS_CONNECT_HEADERS = 265,
    OPTION_PROTOCOLS = 181,
    OPTION_WRITEDATA = 10001,
    OPTION_URL = 10002,
    OPTION_PROXY = 10004,
    OPTION_POSTFIELDS = 10015,
    OPTION_HTTPHEADER = 10023,
    OPTION_HEADERDATA = 10029,
    OPTION_XFERINFODATA = 10057,
    OPTION_CAINFO = 10065,
    OPTION_WRITEFUNCTION = 20011,
    OPTION_HEADERFUNCTION = 20079,
    OPTION_XFERINFOFUNCTION = 20219,
    OPTION_POSTFIELDSIZE_LARGE = 30120,
    INFO_RESPONSE_CODE = 0x200002,
    GLOBAL_ALL = 3,
    PROTOCOLS_HTTP_AND_HTTPS = 3,
    HTTP_1_1 = 2,
    FAILED_INIT = 2,
    ABORTED_BY_CALLBACK = 42,
};

typedef void curl_handle;
typedef void curl_list;

static struct {
    int (*global_init)(long);
    curl_handle *(*easy_init)(void);
    int (*easy_setopt)(curl_handle *, int, ...);
    int (*easy_perform)(curl_handle *);
    int (*easy_getinfo)(curl_handle *, int, ...);
    void (*easy_cleanup)(curl_handle *);
    const char *(*easy_strerror)(int);
    curl_list *(*slist_append)(curl_list *, const char *);
    void (*slist_free_all)(curl_list *);
} curl;

static bool is_loaded;

struct ccurl_client {
    curl_handle *handle;
    curl_list *plain_headers;
    curl_list *gzip_headers;
    atomic_bool is_closed;
};

// MARK: Finding the library

static bool find(void *library, const char *name, void *function) {
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static void load(void) {
    const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"};
    void *library = NULL;
    for (size_t i = 0; library == NULL && i < sizeof names / sizeof *names; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    is_loaded = library != NULL && find(library, "curl_global_init", &curl.global_init)
        && find(library, "curl_easy_init", &curl.easy_init)
        && find(library, "curl_easy_setopt", &curl.easy_setopt)
        && find(library, "curl_easy_perform", &curl.easy_perform)
        && find(library, "curl_easy_getinfo", &curl.easy_getinfo)
        && find(library, "curl_easy_cleanup", &curl.easy_cleanup)
        && find(library, "curl_easy_strerror", &curl.easy_strerror)
        && find(library, "curl_slist_append", &curl.slist_append)
        && find(library, "curl_slist_free_all", &curl.slist_free_all) && curl.global_init(GLOBAL_ALL) == 0;
}

// MARK: Making a client

static size_t skip_body(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)context;
    return size * count;
}

/// Copies a header's value, and joins it to what there is, as HTTP allows for a list.
static void note(char *target, size_t capacity, const char *value, size_t length) {
    while (length > 0 && (*value == ' ' || *value == '\t')) value++, length--;
    while (length > 0 && strchr(" \t\r\n", value[length - 1])) length--;
    size_t used = strlen(target);
    if (used + (used ? 1 : 0) + length >= capacity) return;
    if (used) target[used++] = ',';
    memcpy(target + used, value, length);
    target[used + length] = 0;
}

static bool is_named(const char *line, size_t length, const char *name) {
    return length >= strlen(name) && strncasecmp(line, name, strlen(name)) == 0;
}

static size_t read_header(char *line, size_t size, size_t count, void *context) {
    ccurl_answer *answer = context;
    size_t length = size * count;
    if (is_named(line, length, "HTTP/")) {
        // A further status line begins another answer, as after "100 Continue".
        answer->retry_after[0] = answer->rate_limits[0] = 0;
    } else if (is_named(line, length, "Retry-After:")) {
        note(answer->retry_after, sizeof answer->retry_after, line + 12, length - 12);
    } else if (is_named(line, length, "X-Sentry-Rate-Limits:")) {
        note(answer->rate_limits, sizeof answer->rate_limits, line + 21, length - 21);
    }
    return length;
}

static int stop_when_closed(void *context, int64_t a, int64_t b, int64_t c, int64_t d) {
    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(&((ccurl_client *)context)->is_closed);
}

static bool set_options(ccurl_client *client, const ccurl_options *options) {
    curl_handle *h = client->handle;
    // No redirect is followed, which is the library's default: an event goes where the DSN says.
    int failed = curl.easy_setopt(h, OPTION_URL, options->url) | curl.easy_setopt(h, OPTION_POST, 1L)
        | curl.easy_setopt(h, OPTION_TIMEOUT_MS, options->timeout_milliseconds)
        | curl.easy_setopt(h, OPTION_NOSIGNAL, 1L) | curl.easy_setopt(h, OPTION_NOPROGRESS, 0L)
        | curl.easy_setopt(h, OPTION_HTTP_VERSION, (long)HTTP_1_1)
        | curl.easy_setopt(h, OPTION_PROTOCOLS, (long)PROTOCOLS_HTTP_AND_HTTPS)
        | curl.easy_setopt(h, OPTION_WRITEFUNCTION, skip_body)
        | curl.easy_setopt(h, OPTION_HEADERFUNCTION, read_header)
        | curl.easy_setopt(h, OPTION_XFERINFOFUNCTION, stop_when_closed)
        | curl.easy_setopt(h, OPTION_XFERINFODATA, client);
    // Unknown to libraries before 7.54, which then show a proxy's headers too: no harm.
    curl.easy_setopt(h, OPTION_SUPPRESS_CONNECT_HEADERS, 1L);
    if (options->proxy) failed |= curl.easy_setopt(h, OPTION_PROXY, options->proxy);
    if (options->certificate_file) failed |= curl.easy_setopt(h, OPTION_CAINFO, options->certificate_file);
    return failed == 0;
}

static bool append(curl_list **list, const char *line) {
    curl_list *longer = curl.slist_append(*list, line);
    if (longer) *list = longer;
    return longer != NULL;
}

static bool set_headers(ccurl_client *client, const ccurl_options *options) {
    // Large bodies are not announced first: it costs a round trip, and not every server knows it.
    bool is_done = append(&client->plain_headers, "Expect:") && append(&client->gzip_headers, "Expect:")
        && append(&client->gzip_headers, "Content-Encoding: gzip");
    for (const char *const *line = options->headers; is_done && line && *line; line++)
        is_done = append(&client->plain_headers, *line) && append(&client->gzip_headers, *line);
    return is_done;
}

ccurl_client *ccurl_make(const ccurl_options *options) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    ccurl_client *client = is_loaded ? calloc(1, sizeof *client) : NULL;
    if (client == NULL) return NULL;
    client->handle = curl.easy_init();
    if (client->handle && set_options(client, options) && set_headers(client, options)) return client;
    ccurl_free(client);
    return NULL;
}

// MARK: Posting

/// Performs a request without letting a broken connection's SIGPIPE reach the app, as some TLS libraries would.
static int perform(curl_handle *handle) {
    sigset_t pipe, old, pending;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    sigpending(&pending);
    const bool was_pending = sigismember(&pending, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, &old);
    const int code = curl.easy_perform(handle);
    sigpending(&pending);
    if (!was_pending && sigismember(&pending, SIGPIPE)) {
        int signal;
        sigwait(&pipe, &signal);
    }
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return code;
}

int ccurl_post(ccurl_client *client, const uint8_t *body, size_t count, bool is_gzip, ccurl_answer *answer) {
    memset(answer, 0, sizeof *answer);
    if (atomic_load(&client->is_closed)) return ABORTED_BY_CALLBACK;
    curl_handle *h = client->handle;
    const int failed = curl.easy_setopt(h, OPTION_POSTFIELDS, body)
        | curl.easy_setopt(h, OPTION_POSTFIELDSIZE_LARGE, (int64_t)count)
        | curl.easy_setopt(h, OPTION_HTTPHEADER, is_gzip ? client->gzip_headers : client->plain_headers)
        | curl.easy_setopt(h, OPTION_HEADERDATA, answer);
    if (failed) return FAILED_INIT;
    const int code = perform(h);
    // The body is the caller's and must not be looked at again.
    curl.easy_setopt(h, OPTION_POSTFIELDS, NULL);
    curl.easy_setopt(h, OPTION_HEADERDATA, NULL);
    if (code == 0) curl.easy_getinfo(h, INFO_RESPONSE_CODE, &answer->status);
    return code;
}

void ccurl_close(ccurl_client *client) {
    atomic_store(&client->is_closed, true);
}

const char *ccurl_error_text(int code) {
    return is_loaded ? curl.easy_strerror(code) : "there is no libcurl";
}

void ccurl_free(ccurl_client *client) {
    if (client->handle) curl.easy_cleanup(client->handle);
    if (client->plain_headers) curl.slist_free_all(client->plain_headers);
    if (client->gzip_headers) curl.slist_free_all(client->gzip_headers);
    free(client);
}

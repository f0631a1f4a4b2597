// The system's HTTP client, libcurl, found when the process runs: an app needs none of its headers to be built.

#ifndef CCURL_H
#define CCURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A place to post to, and the connection to it that is kept open.
typedef struct ccurl_client ccurl_client;

/// What all requests of a client have in common; null pointers and zeros mean the library's default.
typedef struct {
    const char *url;
    /// Header lines, ended by a null pointer.
    const char *const *headers;
    long timeout_milliseconds;
    /// A proxy's URL; the usual environment variables count when null.
    const char *proxy;
    /// A file of certificates in PEM form to trust instead of the system's.
    const char *certificate_file;
} ccurl_options;

/// What a server answered.
typedef struct {
    long status;
    /// The two headers that matter, empty when there were none.
    char retry_after[128];
    char rate_limits[4096];
} ccurl_answer;

/// Makes a client; null when there is no libcurl or not enough memory. Everything given is copied.
ccurl_client *ccurl_make(const ccurl_options *options);

/// Posts a body and waits for the answer; one thread at a time. Returns 0 or libcurl's code of what went wrong.
int ccurl_post(ccurl_client *client, const uint8_t *body, size_t count, bool is_gzip, ccurl_answer *answer);

/// Has the request that is under way, and all later ones, end soon; from any thread.
void ccurl_close(ccurl_client *client);

/// Says in words what a code means.
const char *ccurl_error_text(int code);

/// Lets go of a client that no thread uses any more.
void ccurl_free(ccurl_client *client);

#endif

// Sends a crash record at the time of the crash: the program is started anew, sends it before its `main`, and ends.

#define _GNU_SOURCE

#include "crash.h"

#if defined(__linux__)

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    /// How long a delivery may take.
    limit_milliseconds = 5000,
    variable_capacity = 16,
    variable_size = 4096,
    child_stack_size = 65536,
    /// With what a program ends that was started to deliver and must not.
    refused_status = 111,
};

#define VARIABLE "FLYCATCHER_DELIVER"
/// The record is handed over as an open file, since its folder may be gone, or it may never have had one.
#define RECORD_FILE "3"
enum { record_file = 3 };

/// The variables that finding libraries and reaching servers may take.
static const char *const kept_variables[] = {
    "LD_LIBRARY_PATH", "PATH", "HOME", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "LLVM_PROFILE_FILE",
};

// MARK: In the crashed process

static char variables[variable_capacity][variable_size];
static char *environment[variable_capacity + 1];
static char *arguments[] = {"flycatcher-deliver", NULL};
static _Alignas(16) char child_stack[child_stack_size];

static void add_variable(const char *name, const char *value, int *count) {
    if (value == NULL || *count == variable_capacity) return;
    int size = snprintf(variables[*count], variable_size, "%s=%s", name, value);
    if (size < 0 || size >= variable_size) return;
    environment[*count] = variables[*count];
    environment[++*count] = NULL;
}

bool flycatcher_prepare_delivery(void) {
    // Whoever starts a program with more rights than his own chooses its variables too.
    if (getauxval(AT_SECURE) != 0) return false;
    int count = 0;
    add_variable(VARIABLE, RECORD_FILE, &count);
    add_variable("SWIFT_BACKTRACE", "enable=no", &count);
    for (size_t index = 0; index < sizeof(kept_variables) / sizeof(*kept_variables); index++) {
        add_variable(kept_variables[index], getenv(kept_variables[index]), &count);
    }
    return true;
}

/// Signal-safe: system calls. Runs in the memory of the crashed process, which stands still meanwhile, on another stack.
static int become_deliverer(void *argument) {
    (void)argument;
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int file = flycatcher_watched_file();
    if (file == record_file) {
        fcntl(file, F_SETFD, 0);
    } else if (dup2(file, record_file) < 0) {
        _exit(126);
    }
#if defined(SYS_close_range)
    // Connections and files of the app have nothing to do with it.
    syscall(SYS_close_range, record_file + 1U, ~0U, 0U);
#endif
    execve("/proc/self/exe", arguments, environment);
    _exit(127);
}

/// Signal-safe: system calls.
void deliver_record(void) {
    if (environment[0] == NULL) return;
    // Without a signal at its end, since the app may be waiting for children of its own.
    pid_t child = clone(become_deliverer, child_stack + child_stack_size, CLONE_VM | CLONE_VFORK, NULL);
    if (child <= 0) return;
    struct timespec pause = {0, 2000000};
    for (int time = 0; time < limit_milliseconds; time += 2) {
        pid_t ended = waitpid(child, NULL, WNOHANG | __WALL);
        if (ended == child || (ended < 0 && errno != EINTR)) return;
        nanosleep(&pause, NULL);
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, __WALL);
}

// MARK: In the process that delivers

/// What Swift does then; absent in a program that has only this module.
extern void flycatcher_deliver(int file) __attribute__((weak));

/// Reads the moment at which a process began: the twenty-second field, counted from behind the name.
static uint64_t start_ticks(pid_t process) {
    char path[64], text[1024];
    snprintf(path, sizeof(path), "/proc/%d/stat", (int)process);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t count = read(file, text, sizeof(text) - 1);
    close(file);
    if (count <= 0) return 0;
    text[count] = 0;
    char *next = strrchr(text, ')');
    for (int field = 2; next != NULL && field < 22; field++) next = strchr(next + 1, ' ');
    return next == NULL ? 0 : strtoull(next + 1, NULL, 10);
}

/// Why a record is not delivered; null when nothing speaks against it.
static const char *refusal(flycatcher_run *header) {
    struct stat status, program;
    if (fstat(record_file, &status) != 0) return "there is none";
    if (!S_ISREG(status.st_mode) || status.st_size != flycatcher_run_size
        || pread(record_file, header, sizeof(*header), 0) != sizeof(*header)
        || header->magic != flycatcher_run_magic || header->version != flycatcher_run_version) {
        return "it is no record";
    }
    if (status.st_uid != geteuid() || (status.st_mode & 077) != 0) return "it is not ours alone";
    if (header->state != flycatcher_run_recorded || header->is_delivered != 0) return "it tells of no crash";
    if (header->pid != (uint32_t)getppid() || header->start_ticks != start_ticks(getppid())) {
        return "the process that crashed is not the one that started this one";
    }
    if (stat("/proc/self/exe", &program) != 0 || program.st_dev != header->device
        || program.st_ino != header->inode) return "it is that of another program";
    return NULL;
}

typedef void (*initializer)(int, char **, char **);
extern initializer __init_array_start[] __attribute__((weak, visibility("hidden")));
extern initializer __init_array_end[] __attribute__((weak, visibility("hidden")));

/// Takes over before `main` where the variable says so. What the other initialisers set up, those of the Swift runtime
/// among them, is needed; so the rest of them, which would come after this one, come first.
__attribute__((constructor))
static void deliver_before_main(int count, char **values, char **environment) {
    if (flycatcher_deliver == NULL) return;
    const char *value = secure_getenv(VARIABLE);
    if (value == NULL) return;
    static flycatcher_run header;
    const char *reason = strcmp(value, RECORD_FILE) == 0 ? refusal(&header) : "it has another value";
    // Nothing that is started from here may inherit it.
    unsetenv(VARIABLE);
    if (reason != NULL) {
        dprintf(2, "flycatcher: the variable %s has no record delivered, and no program started: %s\n", VARIABLE, reason);
        _exit(refused_status);
    }
    bool is_behind = false;
    for (initializer *next = __init_array_start; next < __init_array_end; next++) {
        if (is_behind) (*next)(count, values, environment);
        is_behind = is_behind || *next == (initializer)deliver_before_main;
    }
    flycatcher_deliver(record_file);
    _exit(0);
}

#else

bool flycatcher_prepare_delivery(void) { return false; }

#endif

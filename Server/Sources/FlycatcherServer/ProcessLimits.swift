// What the system allows the process, set so that a busy server does not end by accident.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The limits of this process.
enum ProcessLimits {
    /// Allows as many open files as the system lets us, and lets a log that nobody reads any more be no reason to die.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        var limit = fileLimit
        limit.rlim_cur = min(limit.rlim_max, rlim_t(maximumFiles))
        // If it is refused, the old limit holds, and fewer connections are taken.
        setrlimit(openFilesResource, &limit)
    }

    /// How many files and connections may be open at once.
    static var openFiles: Int { Int(min(fileLimit.rlim_cur, rlim_t(maximumFiles))) }

    #if canImport(Darwin)
        /// More than this is refused.
        private static let maximumFiles = 10_240
    #else
        /// More than this is no use here.
        private static let maximumFiles = 65_536
    #endif

    private static var fileLimit: rlimit {
        var limit = rlimit(rlim_cur: 256, rlim_max: 256)
        // It fails only for resources that do not exist.
        getrlimit(openFilesResource, &limit)
        return limit
    }

    #if canImport(Glibc)
        private static let openFilesResource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let openFilesResource = RLIMIT_NOFILE
    #endif
}

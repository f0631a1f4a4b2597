// What the systems' sockets call by different names.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Constants of sockets whose types differ between the systems.
enum SocketKind {
    /// A stream of bytes, TCP here.
    static var stream: Int32 {
        #if canImport(Glibc)
            Int32(SOCK_STREAM.rawValue)
        #else
            SOCK_STREAM
        #endif
    }

    /// Sending on a closed connection gives an error and no signal.
    static var quietly: Int32 {
        #if canImport(Darwin)
            0
        #else
            Int32(MSG_NOSIGNAL)
        #endif
    }
}

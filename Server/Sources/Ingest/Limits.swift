// How much of an event is kept (protocol section 10).

/// The bounds of one event, all in one place.
enum Limit {
    /// Bytes of an event before it is read.
    static let eventBytes = 1024 * 1024
    /// Levels of an event as it comes; what is kept nests a little deeper and must be readable again.
    static let payloadDepth = 100

    static let message = 8192
    static let exceptionType = 256
    static let exceptionValue = 8192
    static let name = 256
    static let function = 512
    static let path = 2048
    static let contextLine = 256
    static let contextLines = 10
    static let release = 200
    static let environment = 64
    static let transaction = 200
    static let shortText = 64
    static let email = 75
    static let tagKey = 200
    static let tagValue = 200
    static let tags = 200
    static let url = 8192
    static let titleValue = 100

    static let feedback = 4096
    static let flags = 100
    static let images = 2000
    static let sdkErrors = 50

    static let contextBytes = 8 * 1024
    static let contexts = 100
    static let extraValueBytes = 16 * 1024
    static let extraBytes = 256 * 1024
    static let modulesBytes = 8 * 1024
    static let requestDataBytes = 8 * 1024
    static let crumbDataBytes = 8 * 1024
    static let variableBytes = 64 * 1024
    static let depth = 7

    static let breadcrumbs = 100
    static let exceptions = 100
    static let threads = 1000
    static let frames = 250
    static let fullFrames = 50
    static let pairs = 200
    static let tableMembers = 1000
    static let fingerprintParts = 50
    static let notes = 100

    /// Microseconds by which a client's clock may be off before its times are corrected (9.2).
    static let clockDrift: Int64 = 55 * 60 * 1_000_000
    static let future: Int64 = 60 * 1_000_000
    static let past: Int64 = 30 * 86_400 * 1_000_000
}

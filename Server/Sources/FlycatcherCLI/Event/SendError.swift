// Why an event was not sent.

/// A failure of `event send`; the text says what to do.
enum SendError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case tooLarge(String)
    case notAnEvent(String, String)
    case onlyHTTP
    case unknownHost(String)
    case unreachable(String, reason: String)
    case noAnswer(String)
    case refused(status: Int, detail: String)

    var description: String {
        switch self {
        case .unreadable(let file): "cannot read \(file); check its name and whether you may read it"
        case .tooLarge(let file): "\(file) is larger than an event may be (1 MB)"
        case .notAnEvent(let file, let reason): "\(file) holds no event: \(reason)"
        case .onlyHTTP:
            "this command speaks http only; use the server's inner address, such as http://KEY@127.0.0.1:8000/1"
        case .unknownHost(let host): "the host \(host) is not known; check the DSN"
        case .unreachable(let server, let reason): "cannot reach \(server): \(reason); is the server running?"
        case .noAnswer(let server):
            "\(server) took the connection but gave no HTTP answer; is it a Flycatcher server?"
        case .refused(let status, let detail): "the server refused the event with status \(status): \(detail)"
        }
    }
}

// Asks an address whether a Flycatcher answers there.

import FlycatcherServer
import FlycatcherWire

enum HTTPProbe {
    /// Over http the answer of the server itself is looked for; over https, which this program does not speak, only
    /// whether somebody listens.
    @Sendable static func reach(_ url: PublicURL) -> Doctor.Reach {
        do {
            let place = try DSN("\(url.scheme)://key@\(url.authority)\(url.path)/1")
            let isPlain = url.scheme == "http"
            let host = place.host.filter { $0 != "[" && $0 != "]" }
            let connection = try Connection(
                host: host, port: place.port ?? (isPlain ? 80 : 443), name: url.description)
            guard isPlain else { return .answers }
            let lines = [
                "GET \(url.path)/health/live HTTP/1.1", "Host: \(url.authority)", "Connection: close", "", "",
            ]
            try connection.write(Array(lines.joined(separator: "\r\n").utf8))
            let reply = HTTPPost.Reply(try connection.readToEnd())
            return reply?.status == 200 && reply?.body.contains("\"status\"") == true ? .answers : .stranger
        } catch SendError.unreachable(_, let reason) {
            return .silence(reason)
        } catch {
            return .silence("\(error)")
        }
    }
}

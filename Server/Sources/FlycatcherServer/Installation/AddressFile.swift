// Remembers in the data folder where its server is reached, so that commands can print and use working addresses.

import FlycatcherWire
import FoundationEssentials

/// Where a server is reached: by people, and from its own machine.
struct ServerAddress: Hashable, Sendable {
    let publicURL: PublicURL
    let localURL: PublicURL
}

/// The file that holds the addresses of the server that last ran on a data folder, a line each.
struct AddressFile {
    private let folder: String

    init(dataFolder: String) {
        folder = "\(dataFolder)/files"
    }

    /// The name of the file below `files/`.
    static let name = "address"

    private var path: String { "\(folder)/\(Self.name)" }

    /// The addresses that were written; nil when there are none that make sense.
    func read() -> ServerAddress? {
        // Without the file the configured address is the best that is known.
        guard let data = try? Data(contentsOf: URL(filePath: path)), data.count < 2 * DSN.maximumLength else {
            return nil
        }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map { PublicURL(String($0)) }
        guard lines.count == 2, let publicURL = lines[0], let localURL = lines[1] else { return nil }
        return ServerAddress(publicURL: publicURL, localURL: localURL)
    }

    func write(_ address: ServerAddress) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let text = "\(address.publicURL)\n\(address.localURL)\n"
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    }
}

// Remembers in the data folder where its server is reached, so that commands can print working addresses.

import FoundationEssentials
import FlycatcherWire

/// The file that holds the public address of the server that last ran on a data folder.
struct AddressFile {
    private let folder: String

    init(dataFolder: String) {
        folder = "\(dataFolder)/files"
    }

    private var path: String { "\(folder)/public-url" }

    /// The address that was written; nil when there is none that makes sense.
    func read() -> PublicURL? {
        // Without the file the default address is the best that is known.
        guard let data = try? Data(contentsOf: URL(filePath: path)), data.count < DSN.maximumLength else { return nil }
        return PublicURL(String(decoding: data, as: UTF8.self))
    }

    func write(_ url: PublicURL) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(url.description.utf8).write(to: URL(filePath: path), options: .atomic)
    }
}

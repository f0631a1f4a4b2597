// Says what is in a file by how its name ends.

import Model

/// The types of files that are looked at on a page, by the ending of their names.
///
/// Clients for native programs send logs and pictures and do not say what they are.
enum FileEnding {
    /// The type that a client names, else the one that the name ends in; unknown when neither is known.
    static func type(_ named: String?, of name: FileName) -> Model.MediaType {
        if let named { return Model.MediaType(named) }
        let parts = name.description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let ending = parts.last else { return .unknown }
        return Model.MediaType(types[ending.lowercased()])
    }

    private static let types = [
        "bmp": "image/bmp", "csv": "text/csv", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg",
        "json": "application/json", "log": "text/plain", "md": "text/markdown",
        "ndjson": "application/x-ndjson",
        "png": "image/png", "txt": "text/plain", "webp": "image/webp", "xml": "application/xml",
        "yaml": "application/yaml", "yml": "application/yaml",
    ]
}

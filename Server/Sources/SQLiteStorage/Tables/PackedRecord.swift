// Rows that are looked through, and lists of rows.

/// A record as it stands in its table.
struct PackedRecord {
    let row: Int64
    let texts: [String]
    /// As zstd; empty when nothing came with it.
    let body: [UInt8]
}

extension [Int64] {
    /// For `json_each`: one statement for any number of rows.
    var jsonList: String { "[\(map(String.init).joined(separator: ","))]" }
}

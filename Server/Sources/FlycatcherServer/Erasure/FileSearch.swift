// Looks for a person in the content of a file, whatever it says it is.

import Model

/// Goes through a file piece by piece.
///
/// It sees what stands there as bytes: texts, and the strings within a minidump. What is packed, such as an archive or a
/// picture, it does not.
struct FileSearch {
    private let words: [SoughtWord]
    /// What of a piece is looked at again with the next one: a word that goes on there, and what stands around it.
    private let overlap: Int

    init(_ trait: PersonalTrait) {
        words = TraitSearch(trait).words
        overlap = (words.map(\.count).max() ?? 0) + SoughtWord.context + 1
    }

    private static let pieceSize = 1 << 20

    func holds(_ file: FileReading) async throws -> Bool {
        guard !words.isEmpty else { return false }
        var window: [UInt8] = []
        // The first byte of an overlap is only looked at for what it stands before.
        var start = 0
        var place: Int64 = 0
        while true {
            let piece = try await file.piece(from: place, limit: Self.pieceSize)
            place += Int64(piece.count)
            window += piece
            let hasMore = !piece.isEmpty
            if words.contains(where: { $0.firstIndex(in: window, from: start, hasMore: hasMore) != nil }) {
                return true
            }
            guard hasMore else { return false }
            if window.count > overlap { (window, start) = (Array(window.suffix(overlap)), 1) }
        }
    }
}

// The sections of debug information, each of which may be missing.

/// What a compiler wrote about the code: entries, lines, ranges and texts.
struct DebugSections {
    let entries: Bytes
    let abbreviations: Bytes
    let lines: Bytes
    let texts: Bytes
    let lineTexts: Bytes
    let textOffsets: Bytes
    let addresses: Bytes
    /// As version 5 of DWARF writes them, and as those before it do.
    let rangeLists: Bytes
    let ranges: Bytes
    let effort = Effort()
}

extension DebugSections {
    /// Finds the sections; nil where the file has no entries.
    init?(_ file: ELFFile) {
        guard let entries = file.content(of: ".debug_info") else { return nil }
        let none = entries.part(at: 0, count: 0)
        func content(of name: String) -> Bytes { file.content(of: name) ?? none }
        self.entries = entries
        abbreviations = content(of: ".debug_abbrev")
        lines = content(of: ".debug_line")
        texts = content(of: ".debug_str")
        lineTexts = content(of: ".debug_line_str")
        textOffsets = content(of: ".debug_str_offsets")
        addresses = content(of: ".debug_addr")
        rangeLists = content(of: ".debug_rnglists")
        ranges = content(of: ".debug_ranges")
    }
}

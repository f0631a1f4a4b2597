// Asks the runtime of Swift what a linker's name means.

import CFlycatcher
import Foundation

extension SymbolName {
    /// Names that are longer are not worth the time, and nobody reads them.
    private static let longest = 1 << 13

    /// The name of a function as its author would recognise it; nil for one that the compiler made up to pass calls on.
    static func written(_ symbol: String) -> String? {
        guard symbol.utf8.count <= longest else { return symbol }
        guard !flycatcher_is_thunk(symbol) else { return nil }
        let name = demangled(symbol) ?? symbol
        return isThunk(name) ? nil : readable(name)
    }

    private static func demangled(_ symbol: String) -> String? {
        guard let name = flycatcher_demangle(symbol) else { return nil }
        defer { free(name) }
        return String(cString: name)
    }
}

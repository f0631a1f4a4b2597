// A program or library that an event's stack traces lead through.

extension Flycatcher {
    /// An image in memory: with it a server finds the names of addresses in debug information that was kept elsewhere.
    public struct DebugImage: Hashable, Sendable {
        /// The file that it was loaded from.
        public var codeFile: String
        /// The identity of its debug information, as symbol servers write it; empty when it has none.
        public var debugID: String
        /// The build id that the linker gave it, in hex.
        public var codeID: String?
        /// Where it begins in memory.
        public var address: UInt64
        /// How many bytes of memory it spans.
        public var size: UInt64
        /// The processor that it is made for, such as `x86_64` or `arm64`.
        public var architecture: String?

        /// Describes an image of the kind ELF by its build id, the `NT_GNU_BUILD_ID` of its file.
        public init(
            codeFile: String, buildID: [UInt8], address: UInt64, size: UInt64, architecture: String? = nil
        ) {
            self.codeFile = codeFile
            self.address = address
            self.size = size
            self.architecture = architecture
            codeID = buildID.isEmpty ? nil : Self.hex(buildID)
            debugID = buildID.isEmpty ? "" : Self.debugID(buildID)
        }

        /// The first sixteen bytes as a UUID whose first three fields are in the order of the processor.
        private static func debugID(_ buildID: [UInt8]) -> String {
            let bytes = Array((buildID + [UInt8](repeating: 0, count: 16)).prefix(16))
            let fields = [
                bytes[0..<4].reversed(), bytes[4..<6].reversed(), bytes[6..<8].reversed(),
                Array(bytes[8..<10]),
                Array(bytes[10..<16]),
            ]
            return fields.map(hex).joined(separator: "-")
        }

        private static func hex(_ bytes: [UInt8]) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}

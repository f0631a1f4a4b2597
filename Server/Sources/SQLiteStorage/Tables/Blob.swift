// Identities as the blobs that the tables hold.

import FlycatcherWire
import Foundation
import Model

extension UInt128 {
    /// 16 bytes, most significant first.
    var blob: Data {
        withUnsafeBytes(of: bigEndian) { Data($0) }
    }

    /// Reads 16 bytes; the schema lets no other length in.
    init(blob: Data) {
        self = blob.reduce(0) { $0 << 8 | UInt128($1) }
    }
}

extension EventID {
    var blob: Data { value.blob }

    init(blob: Data) {
        self.init(value: UInt128(blob: blob))
    }
}

extension SecretDigest {
    var blob: Data { Data(bytes) }
}

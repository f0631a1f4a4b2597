// Proves that what is packed is what everybody unpacks.

import Foundation
import Testing

@testable import Flycatcher

@Suite struct GzipTests {
    private static let samples: [String: [UInt8]] = {
        var random = SystemRandomNumberGenerator()
        func noise(_ count: Int, _ alphabet: Int = 256) -> [UInt8] {
            (0..<count).map { _ in UInt8(Int.random(in: 0..<alphabet, using: &random)) }
        }
        let far = noise(1 << 15)
        var samples: [String: [UInt8]] = [
            "nothing": [], "one byte": [7], "two bytes": [7, 7], "every byte": (0...255).map { $0 },
            "one byte often": [UInt8](repeating: 65, count: 100_000), "noise": noise(70_000),
            "repetition across the whole window": far + far,
            "repetition beyond the window": far + [0] + far,
            "few symbols": noise(70_000, 3),
            "JSON": Array((0..<2000).map { "{\"function\":\"f\($0 % 37)\",\"lineno\":\($0)}" }.joined().utf8),
            // Counts like Fibonacci's make a code deeper than the format permits.
            "skewed": skewed(24),
        ]
        for length in 1...40 { samples["short \(length)"] = noise(length * 3, length) }
        return samples
    }()

    @Test func `every sample comes back from another's hand`() throws {
        for (name, bytes) in Self.samples {
            #expect(try Inflater.gunzip(Gzip.packed(bytes)) == bytes, "\(name)")
        }
    }

    @Test func `every sample comes back from zlib's hand`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("flycatcher-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (number, bytes) in Self.samples.values.enumerated() {
            try Data(bytes).write(to: folder.appendingPathComponent("\(number)"))
            try Data(Gzip.packed(bytes)).write(to: folder.appendingPathComponent("\(number).gz"))
        }

        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.comparison, folder.path]
        try process.run()
        process.waitUntilExit()

        #expect(process.terminationStatus == 0)
    }

    @Test func `JSON shrinks to a fraction`() throws {
        let json = try #require(Self.samples["JSON"])

        #expect(Gzip.packed(json).count * 6 < json.count)
    }

    private static func skewed(_ count: Int) -> [UInt8] {
        var (counts, bytes) = ([1, 1], [UInt8]())
        while counts.count < count { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
        for (symbol, count) in counts.enumerated() {
            bytes += [UInt8](repeating: UInt8(symbol), count: count)
        }
        return bytes.shuffled()
    }

    private static let comparison = """
        import glob, gzip, sys
        names = glob.glob(sys.argv[1] + "/*.gz")
        assert len(names) > 40
        for name in names:
            assert gzip.open(name).read() == open(name[:-3], "rb").read(), name
        """
}

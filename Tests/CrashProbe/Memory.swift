// Reads, writes and jumps where there is nothing, or no longer.

import Foundation

enum Memory {
    @inline(never) static func writeToNull(_ value: Int) {
        UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = value  // dies: null-write
    }

    @inline(never) static func copyToNowhere() {
        guard let nowhere = UnsafeMutableRawPointer(bitPattern: 16) else { return }
        let bytes = [UInt8](repeating: 1, count: 64)
        memcpy(nowhere, bytes, bytes.count)  // dies: memcpy
        Signals.survive()
    }

    @inline(never) static func freeTwice() {
        let block = malloc(100)
        release(block)
        release(block)  // dies: double-free
        Signals.survive()
    }

    @inline(never) private static func release(_ block: UnsafeMutableRawPointer?) {
        free(block)  // dies: double-free
        if Chance.never { Signals.survive() }
    }

    @inline(never) static func readATruncatedFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "crash-probe-\(getpid())")
        try Data(count: 8192).write(to: file)
        let descriptor = open(file.path, O_RDWR)
        try FileManager.default.removeItem(at: file)
        let pages = mmap(nil, 8192, PROT_READ, MAP_SHARED, descriptor, 0)
        ftruncate(descriptor, 0)
        print(pages?.load(as: Int.self) ?? 0)  // dies: truncated-file
    }

    @inline(never) static func jumpToNowhere(_ address: Int) {
        unsafeBitCast(address, to: (@convention(c) () -> Void).self)()  // dies: wild-jump
        Signals.survive()
    }

    /// Writes over its own frame and those of its callers, and stumbles then.
    @inline(never) static func smashTheStack() {
        var words = (0, 0)
        withUnsafeMutablePointer(to: &words.0) { words in
            for index in 2..<256 { words[index] = 0x4141_4141_4141 }
            writeToNull(1)  // dies: smashed-stack
        }
        print(words)
    }

    @inline(never) static func descendForEver() {
        print(descend(Chance.zero))
    }

    @inline(never) private static func descend(_ depth: Int) -> Int {  // dies: overflows
        var words = (depth, depth, depth, depth, depth, depth, depth, depth)  // dies: overflows
        return withUnsafeBytes(of: &words) { bytes in  // dies: overflows
            let below = descend(depth + 1)  // dies: overflows
            return below + Int(bytes[below & 7])
        }
    }
}

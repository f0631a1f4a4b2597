// Tests how sizes are read.

import Testing

@testable import FlycatcherServer

@Suite struct ByteBudgetTests {
    @Test(arguments: [
        ("20GB", ByteBudget.bytes(20 << 30)), ("500 mb", .bytes(500 << 20)), ("2tb", .bytes(2 << 40)),
        ("50%", .share(50)), ("none", .unlimited),
    ])
    func `sizes, shares and none are read`(text: String, budget: ByteBudget) {
        #expect(ByteBudget(text) == budget)
    }

    @Test(arguments: ["", "20", "GB", "-1GB", "0MB", "1.5GB", "0%", "96%", "%", "much", "99999999999GB"])
    func `anything else is no size`(text: String) {
        #expect(ByteBudget(text) == nil)
    }

    @Test func `a share is of the disk`() {
        #expect(ByteBudget.share(50).bytes(ofDisk: 1000) == 500)
        #expect(ByteBudget.share(50).bytes(ofDisk: nil) == nil)
        #expect(ByteBudget.bytes(7).bytes(ofDisk: nil) == 7)
        #expect(ByteBudget.unlimited.bytes(ofDisk: 1000) == nil)
    }
}

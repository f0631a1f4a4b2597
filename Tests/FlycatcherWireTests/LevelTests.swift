// Level: aliases and order.

import FlycatcherWire
import Testing

@Suite struct LevelTests {
    @Test(arguments: [
        ("fatal", Level.fatal), ("critical", .fatal), ("50", .fatal), ("FATAL", .fatal),
        ("error", .error), ("Error", .error), ("40", .error),
        ("warning", .warning), ("warn", .warning), ("30", .warning), ("WARN", .warning),
        ("info", .info), ("log", .info), ("notice", .info), ("20", .info),
        ("debug", .debug), ("trace", .debug), ("10", .debug),
    ])
    func `each alias names its level`(text: String, level: Level) {
        #expect(Level(lenient: text) == level)
    }

    @Test(arguments: ["", "bogus", " error", "error ", "60", "0", "err", "ＥＲＲＯＲ"])
    func `any other text names none`(text: String) {
        #expect(Level(lenient: text) == nil)
    }

    @Test func `levels rise from debug to fatal and keep their names`() {
        #expect(Level.allCases.sorted().map(\.name) == ["debug", "info", "warning", "error", "fatal"])
        #expect(Level.allCases.allSatisfy { Level(lenient: $0.name) == $0 })
    }
}

// How `serve --check` says what it was told.

import FlycatcherServer

/// The settings that were given, for people or for machines; secrets as `***`.
struct CheckPrint {
    private let said: [FlycatcherServer.Configuration.Said]

    init(_ configuration: FlycatcherServer.Configuration) {
        said = configuration.said
    }

    func print(asJSON isJSON: Bool) throws {
        if isJSON {
            let pairs = said.map { ($0.setting.rawValue, $0.text) }
            return try Output.json(Dictionary(pairs) { first, _ in first })
        }
        Output.line("the settings make sense\(said.isEmpty ? "; all are the usual ones" : "")")
        guard !said.isEmpty else { return }
        let rows = said.map { [$0.setting.rawValue, $0.text, $0.origin] }
        Output.line(Table(columns: ["SETTING", "VALUE", "GIVEN BY"], rows: rows).description)
    }
}

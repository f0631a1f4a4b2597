// What the program asks for that started another one and has seen it end.

import FlycatcherWire
import Foundation

extension Flycatcher {
    /// Reports the runs of a program that ended without a word, as its next start would.
    ///
    /// This process must report to the same project, and have the same variables, as the program.
    ///
    /// - Parameters:
    ///   - program: The name of its file.
    ///   - lifetime: How long it ran until now.
    /// - Returns: whether the program reports itself: then there is nothing to add to what it told.
    @_spi(Supervision)
    public static func reportRuns(of program: String, lifetime: Duration) -> Bool {
        guard let client = ActiveClient.current, let project = client.settings.dsn?.publicText else {
            return false
        }
        let folders = client.settings.statePlaces.map {
            StateDirectory.path(in: $0, of: program, project: project)
        }
        let start =
            Timestamp(seconds: Timestamp.now.seconds - lifetime / .seconds(1)) ?? Timestamp(microseconds: 0)
        let used = folders.filter { StateDirectory.changedAt($0).map { $0 >= start } ?? false }
        for folder in used.compactMap(StateDirectory.init(path:)) { client.report(EarlierRuns(folder)) }
        return !used.isEmpty
    }
}

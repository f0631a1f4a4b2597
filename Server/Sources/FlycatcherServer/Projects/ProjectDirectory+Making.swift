// Makes projects and lets their events in at once.

import FlycatcherWire
import Model

/// Why a project cannot be made as asked for.
enum ProjectDraftError: Error, Hashable, CustomStringConvertible {
    case badName
    case badPlatform

    var description: String {
        switch self {
        case .badName: "A project needs a name of at most \(ProjectDraft.maximumNameLength) characters."
        case .badPlatform: "A platform is a short word such as python."
        }
    }
}

extension ProjectDraft {
    static let maximumNameLength = 100
    static let maximumPlatformLength = 64

    /// The draft with its blanks trimmed.
    func checked() throws(ProjectDraftError) -> ProjectDraft {
        let name = name.trimmed
        guard !name.isEmpty, name.count <= Self.maximumNameLength,
            name.utf8.count <= 4 * Self.maximumNameLength,
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw .badName }
        let platform = platform.trimmed
        guard platform.utf8.count <= Self.maximumPlatformLength,
            platform.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw .badPlatform }
        return ProjectDraft(name: name, platform: platform)
    }
}

extension ProjectDirectory {
    /// Makes a project and knows it from then on.
    ///
    /// - Throws: ``ProjectDraftError``, `StoreError`.
    func make(_ draft: ProjectDraft, at moment: Timestamp) async throws -> Project {
        let (project, _) = try await store.createProject(try draft.checked(), at: moment)
        try await reload()
        return project
    }
}

extension String {
    /// The text without blanks around it.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}

// The commit that a working copy is at, without running git.

import Foundation

/// Reads the files of a repository.
struct GitHead {
    private static let fileLimit = 4 << 20
    /// How many names a branch may have that stand for each other.
    private static let maximumSteps = 5

    /// Where `HEAD` is; a worktree has its own.
    private let folder: URL
    /// Where branches are; worktrees share it.
    private let common: URL

    /// Finds the repository of a folder; nil when it has none of its own.
    init?(workingDirectory: URL) {
        let entry = workingDirectory.appending(path: ".git")
        if let text = Self.text(entry) {
            // A worktree or a submodule has a file that says where its repository is.
            guard let path = text.value(after: "gitdir: ") else { return nil }
            folder = Self.resolve(path, in: workingDirectory)
        } else {
            folder = entry
        }
        common =
            Self.text(folder.appending(path: "commondir")).map { [folder] in Self.resolve($0, in: folder) }
            ?? folder
    }

    /// The hash of the commit; nil when there is none yet.
    var commit: String? {
        var text = Self.text(folder.appending(path: "HEAD"))
        for _ in 0..<Self.maximumSteps {
            guard let name = text?.value(after: "ref: ") else { break }
            text = target(of: name)
        }
        guard let text, [40, 64].contains(text.utf8.count), text.allSatisfy(\.isHexDigit) else { return nil }
        return text
    }

    private func target(of name: String) -> String? {
        guard name.hasPrefix("refs/"), !name.contains("..") else { return nil }
        return Self.text(folder.appending(path: name)) ?? Self.text(common.appending(path: name))
            ?? packed(name)
    }

    /// Looks a branch up in the file of those that have not changed for a while: `hash name` in each line.
    private func packed(_ name: String) -> String? {
        guard let text = Self.text(common.appending(path: "packed-refs")) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasSuffix(" \(name)") && !$0.hasPrefix("#") }
        return line.map { String($0.prefix { $0 != " " }) }
    }

    private static func resolve(_ path: String, in folder: URL) -> URL {
        path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path)
    }

    /// A file's text without blanks around it; nil when there is no such file.
    private static func text(_ file: URL) -> String? {
        // Not being there is the usual answer of most of these files.
        let bytes = try? FileContent.bytes(path: file.path, limit: fileLimit)
        return bytes.map {
            String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}

extension String {
    fileprivate func value(after prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}

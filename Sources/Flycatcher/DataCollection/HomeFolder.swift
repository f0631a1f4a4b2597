// Paths without the names of the people in whose folders they lie.

import Foundation

/// The folders of users.
enum HomeFolder {
    private static let parents = ["/home/", "/Users/"]
    /// The home of the user who runs the process, if it bears the user's name.
    private static let own: String? = {
        let home = NSHomeDirectory()
        return home.split(separator: "/").last.map(String.init) == NSUserName() && home != "/root"
            ? home : nil
    }()

    /// The path with `~` in the place of a user's folder, be it here or on the machine where the app was built.
    static func hidden(in path: String) -> String {
        if let own, path.hasPrefix(own + "/") { return "~" + path.dropFirst(own.count) }
        for parent in parents where path.hasPrefix(parent) {
            guard let end = path.dropFirst(parent.count).firstIndex(of: "/") else { return path }
            return "~" + path[end...]
        }
        return path
    }
}

extension Flycatcher.Event {
    /// Takes the names of users out of the paths of all frames and images.
    mutating func hideHomeFolders() {
        for index in exceptions.indices { exceptions[index].stackTrace?.hideHomeFolders() }
        for index in threads.indices { threads[index].stackTrace?.hideHomeFolders() }
        for index in images.indices { images[index].codeFile = HomeFolder.hidden(in: images[index].codeFile) }
    }
}

extension Flycatcher.StackTrace {
    fileprivate mutating func hideHomeFolders() {
        for index in frames.indices {
            frames[index].absolutePath = frames[index].absolutePath.map(HomeFolder.hidden)
            frames[index].filename = frames[index].filename.map(HomeFolder.hidden)
            frames[index].package = frames[index].package.map(HomeFolder.hidden)
        }
    }
}

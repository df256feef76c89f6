import Events
import Foundation

/// A folder of a test's own, removed when the test is over.
final class InputFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "watchfloor-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, in folders that are made for it; gives its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String = "input") throws -> String {
        let file = path + "/" + name
        let parent = URL(filePath: file).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    /// Makes empty files.
    func make(_ names: String...) throws {
        for name in names { try write([], to: name) }
    }

    #if os(Linux)
        /// What this process has open in the folder.
        var openFiles: [String] {
            let links = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            let targets = links.compactMap {
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)
            }
            return targets.filter { $0.hasPrefix(path) }
        }
    #endif
}

/// Reads one input into a table.
func read(_ source: RawBytes) async throws -> (table: EventTable, report: IngestReport) {
    try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil)
}

extension RawBytes {
    var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}

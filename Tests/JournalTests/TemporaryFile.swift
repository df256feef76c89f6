import Foundation

/// A path in a fresh folder that is removed when the test is over.
final class TemporaryFile: Sendable {
    let path: String
    private let folder: String

    /// - Parameter text: What the file holds; `nil` for no file.
    init(_ text: String? = nil) throws {
        folder = NSTemporaryDirectory() + "/watchfloor-\(UUID().uuidString)"
        path = folder + "/a.jsonl"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if let text { try Data(text.utf8).write(to: URL(filePath: path)) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var text: String { String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self) }

    var mode: Int? { try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int }

    /// Adds bytes as a crashing program would leave them.
    func tear(_ text: String) throws {
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
    }
}

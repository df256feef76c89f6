import Foundation

/// The folder in which a test runs the program; it goes, with all that is in it, when nobody holds it any more.
final class ProgramFolder: Sendable {
    let path: String

    /// A new folder with `data`, `sessions` and `home` in it.
    init() throws {
        path = NSTemporaryDirectory() + "watchfloor-" + UUID().uuidString
        for name in ["data", "sessions", "home"] {
            try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
        }
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    }

    func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

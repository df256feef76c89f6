public import Diagnostics
internal import Foundation

/// The queries that the analyst keeps: `NAME.kql` in the folder `queries` beside `config.json`.
public struct SavedQueries: Sendable {
    let folder: String

    /// - Parameter configuration: The configuration folder.
    public init(configuration folder: String) { self.folder = folder + "/queries" }

    /// The names, sorted.
    public var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".kql") && !$0.hasPrefix(".") }.map { String($0.dropLast(4)) }.sorted()
    }

    /// The text of a saved query.
    public func text(of name: String) throws(Diagnostic) -> String {
        let path = try path(of: name)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Diagnostic(
                "there is no saved query `\(name)`",
                remedy: names.isEmpty
                    ? "`kql save \(name)` keeps the last query under that name" : names.remedy(for: name))
        }
        guard data.count < 1_000_000, let text = String(data: data, encoding: .utf8) else {
            throw Diagnostic(
                "the saved query `\(name)` is not UTF-8 text of less than 1 MB", remedy: "Mend or remove `\(path)`")
        }
        return text
    }

    /// Keeps a query under a name; says whether there was one before, which it replaces.
    public func save(_ text: String, as name: String) throws(Diagnostic) -> (path: String, replaced: Bool) {
        let path = try path(of: name)
        try Locations.make(folder)
        let replaced = FileManager.default.fileExists(atPath: path)
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Diagnostic("`\(path)` cannot be written", remedy: "Check the folder's rights and the free space")
        }
        return (path, replaced)
    }

    private func path(of name: String) throws(Diagnostic) -> String {
        let isPlain = !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix(".") && !name.hasPrefix("-")
            && !name.contains("/") && name.visible.utf8.elementsEqual(name.utf8)
        guard isPlain else {
            throw Diagnostic(
                "`\(name)` cannot be the name of a query",
                remedy: "Use letters, digits, `.`, `_` and `-`, not beginning with `.` or `-`", kind: .usage)
        }
        return folder + "/" + name + ".kql"
    }
}

import Diagnostics
import Dispatch
import Foundation

/// The user's own editor, opened on a query.
struct QueryEditor: Sendable {
    let environment: [String: String]

    /// The text as it was left in the editor, without white space at its ends.
    func edited(_ text: String) async -> Result<String, Diagnostic> {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: edit(text)) }
        }
    }

    /// `VISUAL`, then `EDITOR`, then `vi`.
    private var command: String {
        [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { !$0.isEmpty } ?? "vi"
    }

    private func edit(_ text: String) -> Result<String, Diagnostic> {
        let path = NSTemporaryDirectory() + "/watchfloor-\(UUID().uuidString).kql"
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data((text + "\n").utf8), attributes: [.posixPermissions: 0o600])
        else {
            return .failure(Diagnostic("`\(path)` cannot be written", remedy: "Check free space, or set TMPDIR"))
        }
        // By the shell, since `EDITOR` may hold options; the path has no quotes but may have blanks. Not by `Process`,
        // which would take the terminal from the program that it starts.
        let status = system("\(command) \"\(path)\"")
        guard status == 0, let data = FileManager.default.contents(atPath: path), data.count < 1_000_000,
            let edited = String(data: data, encoding: .utf8)
        else {
            return .failure(
                Diagnostic("`\(command.visible)` left no query", remedy: "Set EDITOR to an editor, or answer y or n"))
        }
        return .success(edited.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}

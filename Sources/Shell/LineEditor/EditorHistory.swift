import CEditline
import Diagnostics

/// The lines that Up and Ctrl-R find: libedit's list, filled from the file and added to it.
///
/// Owns the list and frees it, which must be after the editor that uses it is gone.
final class EditorHistory {
    /// Older lines stay in the file only.
    static let limit = 5_000

    let handle: OpaquePointer
    private let file: HistoryFile?

    init(file: HistoryFile?) throws(Diagnostic) {
        guard let handle = history_winit() else {
            throw Diagnostic("the history cannot be started", remedy: "Close other programs and try again")
        }
        self.handle = handle
        self.file = file
        _ = editline_history_limit(handle, Int32(Self.limit))
        _ = editline_history_unique(handle, 1)
        for entry in file?.entries().suffix(Self.limit) ?? [] { remember(entry.line) }
    }

    deinit { history_wend(handle) }

    /// Keeps a line in memory, and in the file when that can be written.
    func add(_ line: String) {
        guard HistoryFile.keeps(line) else { return }
        remember(line)
        try? file?.append(line)  // a full disk must not stop an investigation; `doctor` looks at the file
    }

    private func remember(_ line: String) {
        _ = editline_history_add(handle, WideText.encode(line))
    }
}

import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Shows long text page by page where a person reads it, and else prints it.
struct Pager {
    /// The shell's words for the program; `nil` where the text is printed.
    let command: String?

    /// `$PAGER`, or `less` where there is one; `nil` without a terminal, or where `$PAGER` is empty.
    init(_ launch: Launch) {
        let terminal = launch.terminal
        guard terminal.isTerminal(.input), terminal.isTerminal(.output), !terminal.isDumb else { command = nil; return }
        if let chosen = launch.environment["PAGER"] {
            command = chosen.isEmpty ? nil : chosen
        } else {
            let folders = (launch.environment["PATH"] ?? "").split(separator: ":")
            command = folders.contains { access("\($0)/less", X_OK) == 0 } ? "less -RFX" : nil
        }
    }

    /// - Parameter text: Hands over the text piece by piece.
    func show(_ text: ((String) -> Void) -> Void) {
        // Not by `Process`, which would take the terminal from the program that it starts.
        guard let command, let pipe = popen(command, "w") else { return text(StandardStreams.result) }
        var isOpen = true
        text { piece in
            // Who reads no further has left the pager.
            if isOpen { isOpen = fputs(piece, pipe) >= 0 && fflush(pipe) == 0 }
        }
        pclose(pipe)
    }
}

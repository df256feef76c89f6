import Dispatch

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Asks for one line at the terminal while a command runs, when the line editor cannot: it belongs to the thread that
/// waits for the command. The terminal's own line editing serves: erase, kill, Ctrl-D.
enum TypedAnswer {
    /// What is typed after this question was shown; what was typed before does not count.
    ///
    /// - Parameter show: Writes the prompt, and the line end that Ctrl-C and Ctrl-D leave out.
    static func ask(_ prompt: String, show: @escaping @Sendable (String) -> Void) async -> LineInput {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: read(prompt, show: show)) }
        }
    }

    private static func read(_ prompt: String, show: (String) -> Void) -> LineInput {
        let terminal = EchoingTerminal()
        tcflush(STDIN_FILENO, TCIFLUSH)
        show(prompt)
        let line = line(show: show)
        _ = consume terminal
        return line
    }

    private static func line(show: (String) -> Void) -> LineInput {
        var keys = KeyReader(input: TerminalInput.descriptor), text = String.UnicodeScalarView()
        while true {
            switch keys.next() {
            case .scalar("\n"), .scalar("\r"): return .line(String(text))
            case .scalar(let scalar): text.append(scalar)
            case .stopped: continue
            case .interrupted:
                show("\n")
                return .interrupted
            case .end, .failed:
                show("\n")
                return .endOfInput
            }
        }
    }
}

/// A terminal that edits lines by itself and shows what is typed, until this is let go of.
private struct EchoingTerminal: ~Copyable {
    private let before: termios?

    init() {
        var mode = termios()
        guard TerminalGuard.isForeground, tcgetattr(STDIN_FILENO, &mode) == 0 else { before = nil; return }
        before = mode
        TerminalGuard.install()
        mode.c_lflag |= tcflag_t(ECHO | ICANON | ISIG)
        mode.c_iflag |= tcflag_t(ICRNL)
        tcsetattr(STDIN_FILENO, TCSANOW, &mode)
    }

    deinit {
        guard var before, TerminalGuard.isForeground else { return }
        tcsetattr(STDIN_FILENO, TCSANOW, &before)
    }
}

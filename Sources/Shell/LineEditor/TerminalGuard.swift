import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Gives the terminal back as it was found, however the process ends short of a crash.
enum TerminalGuard {
    /// The mode at the start; written once, before the handlers that read it exist.
    private static let found = FoundMode()
    private static let installed = Atomic<Bool>(false)
    /// Where bracketed paste was turned on, or -1.
    private static let pasteDescriptor = Atomic<Int32>(-1)

    /// Remembers the mode of the terminal and sees to it that exit, hang-up and termination restore it.
    /// Later calls do nothing.
    static func install() {
        guard found.isTerminal, !installed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        atexit { TerminalGuard.restore() }
        for number in [SIGHUP, SIGTERM, SIGQUIT] where isDefault(number) {
            var action = sigaction()
            sigemptyset(&action.sa_mask)
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
            setHandler(of: &action) { number in
                TerminalGuard.restore()
                raise(number)
            }
            sigaction(number, &action, nil)
        }
    }

    /// Safe in a signal handler. A process in the background leaves the terminal to its owner.
    static func restore() {
        guard isForeground else { return }
        endBracketedPaste()
        tcsetattr(STDIN_FILENO, TCSANOW, found.mode)
    }

    /// Asks the terminal to mark pasted text (`ESC[200~` … `ESC[201~`).
    static func beginBracketedPaste(on descriptor: Int32) {
        pasteDescriptor.store(descriptor, ordering: .releasing)
        send("\u{1B}[?2004h", to: descriptor)
    }

    /// Safe in a signal handler.
    static func endBracketedPaste() {
        let descriptor = pasteDescriptor.exchange(-1, ordering: .acquiringAndReleasing)
        if descriptor >= 0 { send("\u{1B}[?2004l", to: descriptor) }
    }

    private static func send(_ text: StaticString, to descriptor: Int32) {
        _ = write(descriptor, text.utf8Start, text.utf8CodeUnitCount)
    }

    /// Whether this process may change the terminal without being stopped for it.
    static var isForeground: Bool { tcgetpgrp(STDIN_FILENO) == getpgrp() }

    private static func isDefault(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        #if canImport(Darwin)
        return action.__sigaction_u.__sa_handler == nil
        #else
        return action.__sigaction_handler.sa_handler == nil
        #endif
    }

    /// The mode that standard input had.
    ///
    /// `@unchecked Sendable` is safe because the memory is written in `init` only and never freed.
    private final class FoundMode: @unchecked Sendable {
        let mode: UnsafeMutablePointer<termios>
        let isTerminal: Bool

        init() {
            mode = .allocate(capacity: 1)
            mode.initialize(to: termios())
            isTerminal = tcgetattr(STDIN_FILENO, mode) == 0
        }
    }
}

/// Keeps what is typed while a command runs from landing in its output; ends when it is let go of.
///
/// Ctrl-C and Ctrl-Z work as ever, and what was typed is there for the next prompt. Does nothing without a
/// terminal or in the background.
struct QuietTerminal: ~Copyable {
    private let before: termios?

    init() {
        var mode = termios()
        guard TerminalGuard.isForeground, tcgetattr(STDIN_FILENO, &mode) == 0 else { before = nil; return }
        before = mode
        TerminalGuard.install()
        mode.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &mode)
    }

    deinit {
        guard var before, TerminalGuard.isForeground else { return }
        tcsetattr(STDIN_FILENO, TCSANOW, &before)
    }
}

import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Ctrl-Z while a line is edited: the terminal must be given back before the process stops.
enum StopSignal {
    private static let pending = Atomic<Bool>(false)

    /// From here to ``release()`` Ctrl-Z only sets the flag and wakes the editor.
    static func hold() {
        _ = (InterruptSignal.editorPipe, pending.load(ordering: .relaxed))  // made before the handler needs them
        set { _ in StopSignal.arrived() }
    }

    /// Ctrl-Z stops the process again, now when it was pressed before.
    static func release() {
        set(nil)
        if take() { stop() }
    }

    /// Whether Ctrl-Z was pressed since the last call.
    static func take() -> Bool { pending.exchange(false, ordering: .acquiringAndReleasing) }

    /// Stops the process; returns when it is continued.
    static func stop() { raise(SIGTSTP) }

    /// Runs in the signal handler.
    private static func arrived() {
        let error = errno
        pending.store(true, ordering: .releasing)
        InterruptSignal.editorPipe.wake()
        errno = error
    }

    private static func set(_ handler: (@convention(c) (Int32) -> Void)?) {
        var current = sigaction()
        sigaction(SIGTSTP, nil, &current)
        if isIgnored(current) { return }  // a parent without job control asked for that
        var action = sigaction()
        sigemptyset(&action.sa_mask)
        if let handler { setHandler(of: &action, handler) }
        sigaction(SIGTSTP, &action, nil)
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        #if canImport(Darwin)
        let handler = action.__sigaction_u.__sa_handler
        #else
        let handler = action.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == 1  // SIG_IGN, a macro that Swift cannot import everywhere
    }
}

import Dispatch
import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Ctrl-C, as the program sees it: a flag, and a call to whoever watches.
///
/// ```swift
/// InterruptSignal.install()
/// let watch = InterruptSignal.watch { task.cancel() }
/// defer { watch.cancel() }
/// ```
enum InterruptSignal {
    private static let pending = Atomic<Bool>(false)
    private static let installed = Atomic<Bool>(false)
    /// Wakes the line editor.
    static let editorPipe = SelfPipe()
    private static let watcherPipe = SelfPipe()
    private static let watchers = Mutex(Watchers())

    private struct Watchers: Sendable {
        var actions: [Int: @Sendable () -> Void] = [:]
        var next = 0
    }

    /// From here on Ctrl-C does not end the process. Later calls do nothing.
    static func install() {
        guard !installed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        _ = (editorPipe, watcherPipe, pending.load(ordering: .relaxed))  // made before the handler can need them
        listen()
        var action = sigaction()
        sigemptyset(&action.sa_mask)
        action.sa_flags = 0  // no SA_RESTART: calls that wait are to return
        setHandler(of: &action) { _ in InterruptSignal.arrived() }
        sigaction(SIGINT, &action, nil)
    }

    /// Whether Ctrl-C was pressed since the last call.
    static func take() -> Bool { pending.exchange(false, ordering: .acquiringAndReleasing) }

    /// Whether Ctrl-C was pressed and nobody has taken note.
    static var isPending: Bool { pending.load(ordering: .acquiring) }

    /// Has an action called, on a queue of its own, at each Ctrl-C until the watch is cancelled; at once
    /// when one is pending. The flag stays for ``take()``.
    static func watch(_ action: @escaping @Sendable () -> Void) -> Watch {
        let number = watchers.withLock { watchers in
            watchers.next += 1
            watchers.actions[watchers.next] = action
            return watchers.next
        }
        if isPending { action() }
        return Watch(number: number)
    }

    /// An action that is called at Ctrl-C, until this is cancelled or let go of.
    final class Watch: Sendable {
        private let number: Int

        fileprivate init(number: Int) { self.number = number }

        deinit { cancel() }

        func cancel() { InterruptSignal.watchers.withLock { $0.actions[number] = nil } }
    }

    /// Runs in the signal handler: atomics and `write` only.
    private static func arrived() {
        let error = errno
        pending.store(true, ordering: .releasing)
        editorPipe.wake()
        watcherPipe.wake()
        errno = error
    }

    private static func listen() {
        let source = DispatchSource.makeReadSource(
            fileDescriptor: watcherPipe.readEnd, queue: DispatchQueue(label: "watchfloor.interrupt"))
        source.setEventHandler {
            withExtendedLifetime(source) { watcherPipe.drain() }  // the source lives as long as the process
            for action in watchers.withLock({ Array($0.actions.values) }) { action() }
        }
        source.activate()
    }
}

/// Sets the function of a signal action; the systems name the field differently.
func setHandler(of action: inout sigaction, _ handler: @escaping @convention(c) (Int32) -> Void) {
    #if canImport(Darwin)
    action.__sigaction_u.__sa_handler = handler
    #else
    action.__sigaction_handler.sa_handler = handler
    #endif
}

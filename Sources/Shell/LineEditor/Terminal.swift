#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// What the program is connected to, and how it may write there.
struct Terminal: Sendable {
    /// The `--color` option.
    enum ColorMode: String, CaseIterable, Sendable { case auto, always, never }

    /// One of the standard streams.
    enum Stream: Int32, Sendable { case input, output, error }

    let color: ColorMode
    let environment: [String: String]
    private let terminals: Set<Stream>

    /// The streams of this process.
    init(color: ColorMode, environment: [String: String]) {
        let streams: [Stream] = [.input, .output, .error]
        self.init(color: color, environment: environment, terminals: Set(streams.filter { isatty($0.rawValue) == 1 }))
    }

    /// Given streams, for tests.
    init(color: ColorMode, environment: [String: String], terminals: Set<Stream>) {
        self.color = color
        self.environment = environment
        self.terminals = terminals
    }

    func isTerminal(_ stream: Stream) -> Bool { terminals.contains(stream) }

    /// Whether a person can be asked: what they type and what they see are a terminal.
    var isInteractive: Bool { isTerminal(.input) && (isTerminal(.output) || isTerminal(.error)) }

    /// Whether it knows no more than lines of text.
    var isDumb: Bool { ["", "dumb"].contains(environment["TERM"] ?? "") }

    /// Whether a stream gets colour: `--color` decides; else a non-empty `NO_COLOR` forbids it,
    /// `CLICOLOR_FORCE` (not `0`) demands it, and a terminal that is not dumb has it.
    func usesColor(on stream: Stream) -> Bool {
        switch color {
        case .always: return true
        case .never: return false
        case .auto: break
        }
        if environment["NO_COLOR", default: ""] != "" { return false }
        if !["", "0"].contains(environment["CLICOLOR_FORCE", default: ""]) { return true }
        return isTerminal(stream) && !isDumb
    }

    /// The columns of the window as it is now; else `$COLUMNS`; else 80.
    var width: Int {
        for stream: Stream in [.output, .error, .input] {
            if let size = WindowSize(of: stream.rawValue) { return size.columns }
        }
        return environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
    }
}

/// The size of a terminal's window.
struct WindowSize: Hashable, Sendable {
    let columns: Int
    let rows: Int

    /// `nil` when that is no terminal, or one that does not tell.
    init?(of descriptor: Int32) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        columns = Int(size.ws_col)
        rows = Int(size.ws_row)
    }
}

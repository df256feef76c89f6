#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A program running under a terminal of its own, driven as a person would.
///
/// ```swift
/// let terminal = try PseudoTerminal(running: PseudoTerminal.built("watchfloor"), ["--offline"])
/// try terminal.expect("> ")
/// terminal.send("help\r")
/// try terminal.expect("detect")
/// terminal.send(.controlD)
/// #expect(try terminal.waitForExit() == 0)
/// ```
///
/// Used from one thread. What still runs when this is let go of is killed.
final class PseudoTerminal {
    /// Something that did not come in time, with all that did.
    struct Missing: Error, CustomStringConvertible {
        let what: String
        let transcript: String
        var description: String { "no \(what) in:\n\(transcript.debugDescription)" }
    }

    /// The call that failed while the program was being started, with its error number.
    struct NotStarted: Error {
        let step: String
        let error: Int32
    }

    let process: pid_t
    private let master: Int32
    private var received: [UInt8] = []
    private var found = 0
    private var status: Int32?
    /// Where the program runs, kept for as long as it may.
    private let folder: ProgramFolder?

    /// Starts a program in a session of its own, whose terminal this is. Its environment is just what is
    /// given, with `TERM`, `LANG` and `PATH` added where missing.
    init(
        running path: String, _ arguments: [String] = [], environment: [String: String] = [:],
        directory: String? = nil, keeping folder: ProgramFolder? = nil, columns: UInt16 = 80, rows: UInt16 = 24
    ) throws {
        self.folder = folder
        let pair = try TerminalPair(columns: columns, rows: rows)
        master = pair.master
        var environment = environment
        environment.merge(["TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]) { given, _ in given }
        do {
            process = try Spawn(path: path, arguments: arguments, environment: environment, directory: directory)
                .start(on: pair)
        } catch {
            close(master)
            throw error
        }
    }

    /// The same, in a folder that stays until this is let go of.
    convenience init(
        running path: String, _ arguments: [String], environment: [String: String], directory folder: ProgramFolder,
        columns: UInt16
    ) throws {
        try self.init(
            running: path, arguments, environment: environment, directory: folder.path, keeping: folder,
            columns: columns)
    }

    deinit {
        if status == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        close(master)
    }

    /// Everything that was written so far, escape sequences and all.
    var transcript: String { String(decoding: received, as: UTF8.self) }

    /// ``transcript`` without escape sequences and carriage returns.
    var text: String { EscapeSequences.removed(from: transcript) }

    /// Types.
    func send(_ keys: String) {
        var rest = Array(keys.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Changes the size of the window.
    func resize(columns: UInt16, rows: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Waits until ``text`` shows something after what was found last. The limit is for a program that hangs: a busy
    /// machine may be slow.
    func expect(_ wanted: String, within limit: Duration = .seconds(300)) throws {
        let deadline = ContinuousClock.now + limit
        while true {
            if find(wanted) { return }
            if receive(until: deadline) { continue }
            if find(wanted) { return }
            throw Missing(what: wanted.debugDescription, transcript: transcript)
        }
    }

    /// The exit status, or 128 and the signal that ended it, once the program has ended.
    func waitForExit(within limit: Duration = .seconds(120)) throws -> Int32 {
        let deadline = ContinuousClock.now + limit
        while receive(until: deadline) {}
        while status == nil {
            var raw: Int32 = 0
            if waitpid(process, &raw, WNOHANG) == process {
                status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F
            } else if ContinuousClock.now >= deadline {
                throw Missing(what: "exit", transcript: transcript)
            } else {
                poll(nil, 0, 5)
            }
        }
        return status ?? -1
    }

    private func find(_ wanted: String) -> Bool {
        let bytes = Array(text.utf8), wanted = Array(wanted.utf8)
        guard let range = bytes.dropFirst(found).firstRange(of: wanted) else { return false }
        found = range.upperBound
        return true
    }

    /// Whether more came before the deadline; `false` also when the program has closed its terminal.
    private func receive(until deadline: ContinuousClock.Instant) -> Bool {
        let left = (deadline - ContinuousClock.now) / .milliseconds(1)
        var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard left > 0, poll(&waiting, 1, Int32(min(left + 1, 60_000))) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(master, &buffer, buffer.count)
        if count > 0 { received += buffer[..<count] }
        return count > 0
    }
}

extension PseudoTerminal {
    /// A product of this package, which lies beside the bundle of tests.
    static func built(_ name: String) -> String {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? ""
        let folders = bundle.split(separator: "/", omittingEmptySubsequences: false).prefix { !$0.hasSuffix(".xctest") }
        return (folders + [name[...]]).joined(separator: "/")
    }
}

/// Keys that have no letter.
extension String {
    static let enter = "\r"
    static let tab = "\t"
    static let controlC = "\u{3}"
    static let controlD = "\u{4}"
    static let controlR = "\u{12}"
    static let controlZ = "\u{1A}"
    static let up = "\u{1B}[A"
    static let altEnter = "\u{1B}\r"

    /// As a terminal sends pasted text to a program that asked for marks.
    static func pasted(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
}

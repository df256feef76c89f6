#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Both ends of a new terminal. The program's end is kept open until the program has it.
struct TerminalPair {
    let master: Int32
    let slave: Int32
    let name: String

    init(columns: UInt16, rows: UInt16) throws {
        (master, name) = try Self.openMaster()
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard slave >= 0 else { throw PseudoTerminal.NotStarted(step: "open \(name)", error: errno) }
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
    }

    #if canImport(Darwin)
    private static func openMaster() throws -> (Int32, String) {
        let master = posix_openpt(O_RDWR | O_NOCTTY)
        var buffer = [CChar](repeating: 0, count: 1024)
        guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, ptsname_r(master, &buffer, buffer.count) == 0
        else { throw PseudoTerminal.NotStarted(step: "posix_openpt", error: errno) }
        return (master, String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
    #else
    /// What `posix_openpt`, `unlockpt` and `ptsname` do on Linux; Swift's Glibc does not show them.
    private static func openMaster() throws -> (Int32, String) {
        let unlock: UInt = 0x4004_5431, getNumber: UInt = 0x8004_5430  // TIOCSPTLCK, TIOCGPTN
        var locked: Int32 = 0, number: UInt32 = 0
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, getNumber, &number) == 0
        else { throw PseudoTerminal.NotStarted(step: "/dev/ptmx", error: errno) }
        return (master, "/dev/pts/\(number)")
    }
    #endif
}

/// What to start.
struct Spawn {
    let path: String
    let arguments: [String]
    let environment: [String: String]
    let directory: String?

    #if canImport(Darwin)
    private static let newSession = Int32(POSIX_SPAWN_SETSID)
    private typealias Actions = posix_spawn_file_actions_t?
    private typealias Attributes = posix_spawnattr_t?
    #else
    private static let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which Swift's Glibc does not show
    private typealias Actions = posix_spawn_file_actions_t
    private typealias Attributes = posix_spawnattr_t
    #endif

    /// Starts it in a new session. Opening the terminal as standard input makes it the controlling one.
    func start(on pair: TerminalPair) throws -> pid_t {
        defer { close(pair.slave) }
        var actions: Actions = Self.empty(), attributes: Attributes = Self.empty()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, pair.name, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        Self.prepare(&attributes)

        var words = commandLine.map { strdup($0) } + [nil]
        var settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + settings { free(word) } }
        var process: pid_t = 0
        let error = posix_spawn(&process, commandLine[0], &actions, &attributes, &words, &settings)
        guard error == 0 else { throw PseudoTerminal.NotStarted(step: "posix_spawn \(path)", error: error) }
        return process
    }

    /// By way of a shell where a folder is given, as not every system can change it while starting.
    private var commandLine: [String] {
        guard let directory else { return [path] + arguments }
        return ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory, path] + arguments
    }

    /// A new session, every signal as a shell would leave it.
    private static func prepare(_ attributes: inout Attributes) {
        var all = sigset_t(), none = sigset_t()
        sigemptyset(&all)
        sigemptyset(&none)
        for number in [SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGPIPE, SIGTERM, SIGHUP, SIGCHLD] {
            sigaddset(&all, number)
        }
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        let flags = newSession | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    #if canImport(Darwin)
    private static func empty<Pointer>() -> Pointer? { nil }
    #else
    private static func empty() -> Actions { Actions() }
    private static func empty() -> Attributes { Attributes() }
    #endif
}

/// The part of ECMA-48 that programs send to a terminal.
enum EscapeSequences {
    /// The text without escape sequences, carriage returns and bells; an unfinished sequence at the end
    /// is left out, too.
    static func removed(from text: String) -> String {
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}": skip(&rest)
            case "\r", "\u{7}": break
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func skip(_ rest: inout String.UnicodeScalarView.SubSequence) {
        switch rest.popFirst() {
        case "[":
            while let next = rest.popFirst(), !("@"..."~").contains(next) {}
        case "]":
            while let next = rest.popFirst(), next != "\u{7}", next != "\u{9C}" {
                if next == "\u{1B}" { _ = rest.popFirst(); return }
            }
        case "(", ")": _ = rest.popFirst()
        default: break
        }
    }
}

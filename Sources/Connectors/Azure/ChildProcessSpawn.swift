internal import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Starting a program with nothing of this one's but its environment: no files, no blocked or ignored signals.
enum ChildProcessSpawn {
    #if canImport(Darwin)
        private typealias Actions = posix_spawn_file_actions_t?
        private typealias Attributes = posix_spawnattr_t?
    #else
        private typealias Actions = posix_spawn_file_actions_t
        private typealias Attributes = posix_spawnattr_t
    #endif

    /// Starts a program as the leader of a new process group, with an empty input.
    static func start(
        _ executable: String, _ arguments: [String], output: Int32, errors: Int32
    ) -> Result<pid_t, ChildProcessRun.Fault> {
        var actions = emptyActions, attributes = emptyAttributes
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        closeOthers(&actions)
        prepare(&attributes)
        var words = ([executable] + arguments).map { strdup($0) } + [nil]
        var settings = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in words + settings { free(word) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, executable, &actions, &attributes, &words, &settings)
        return code == 0 ? .success(id) : .failure(ChildProcessRun.Fault(code))
    }

    private static func prepare(_ attributes: inout Attributes) {
        var none = sigset_t(), usual = sigset_t()
        sigemptyset(&none)
        sigemptyset(&usual)
        for signal in [SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGHUP, SIGTSTP] { sigaddset(&usual, signal) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setpgroup(&attributes, 0)
        var flags = Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        #if canImport(Darwin)
            flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
        #endif
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    /// Closes what was opened without `FD_CLOEXEC`; Darwin does it by a flag.
    private static func closeOthers(_ actions: inout Actions) {
        #if !canImport(Darwin)
            let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            for file in open.compactMap({ Int32($0) }) where file > 2 {
                posix_spawn_file_actions_addclose(&actions, file)
            }
        #endif
    }

    #if canImport(Darwin)
        private static var emptyActions: Actions { nil }
        private static var emptyAttributes: Attributes { nil }
    #else
        private static var emptyActions: Actions { Actions() }
        private static var emptyAttributes: Attributes { Attributes() }
    #endif
}

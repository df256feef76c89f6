#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The terminal's input as the key reader has it.
enum TerminalInput {
    /// Standard input where it is no terminal; else the same terminal, opened once more so that a read of it never
    /// waits.
    ///
    /// Ctrl-C empties the terminal's queue. A read that waits would sleep for good when that happens between the
    /// poll that saw a key and the read of it. Standard input itself must go on waiting, as other programs have it open.
    static let descriptor: Int32 = {
        var name = [CChar](repeating: 0, count: 1024)
        guard isatty(STDIN_FILENO) == 1, ttyname_r(STDIN_FILENO, &name, name.count) == 0 else { return STDIN_FILENO }
        let own = open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard own >= 0 else { return STDIN_FILENO }
        guard isatty(own) == 1, isSame(own, STDIN_FILENO) else {
            close(own)
            return STDIN_FILENO
        }
        return own
    }()

    /// Whether two descriptors are of one device: a name may have been given to another one meanwhile.
    private static func isSame(_ one: Int32, _ other: Int32) -> Bool {
        var first = stat(), second = stat()
        return fstat(one, &first) == 0 && fstat(other, &second) == 0 && first.st_rdev == second.st_rdev
    }
}

public import Diagnostics
public import Foundation

/// The folders of artifacts and transcripts.
public struct Locations: Hashable, Sendable {
    public let data: String
    public let sessions: String

    /// Chooses each folder: the option, else `$WATCHFLOOR_DATA` / `$WATCHFLOOR_SESSIONS`, else `./data` and
    /// `./sessions` where they exist, else a folder under `$XDG_DATA_HOME/watchfloor`.
    public init(data: String?, sessions: String?, environment: [String: String], workingDirectory: String) {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let base = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.local/share"
        func choose(_ option: String?, _ variable: String, _ name: String) -> String {
            if let chosen = option ?? environment[variable].flatMap({ $0.isEmpty ? nil : $0 }) { return chosen }
            let local = workingDirectory + "/" + name
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: local, isDirectory: &isFolder)
            return exists && isFolder.boolValue ? local : base + "/watchfloor/" + name
        }
        self.data = choose(data, "WATCHFLOOR_DATA", "data")
        self.sessions = choose(sessions, "WATCHFLOOR_SESSIONS", "sessions")
    }

    /// Makes a folder, and those above it, with mode 0700.
    static func make(_ folder: String) throws(Diagnostic) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Diagnostic(
                "the folder `\(folder)` cannot be made", remedy: "Check its permissions, or name another with --data and --sessions",
                at: Place(file: folder))
        }
    }
}

/// The name of a session: one path component that can do no harm.
public enum SessionName {
    /// Checks a name that the user gave (`contract.md`, *State and time*).
    public static func check(_ name: String) throws(Diagnostic) {
        let allowed = name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "._- ".unicodeScalars.contains(scalar)
        }
        guard !name.isEmpty, name.utf8.count <= 100, !name.hasPrefix("."), allowed, name.visible == name,
            name.contains(where: { $0 != " " })
        else {
            throw Diagnostic(
                "`\(name)` cannot name a session",
                remedy: "Use letters, digits, `.`, `_`, `-` and spaces, at most 100 bytes, not beginning with `.`",
                kind: .usage)
        }
    }

    /// A new name: `YYYYMMDD-HHMMSS-xxxx`, UTC.
    public static func fresh(at date: Date, random: () -> UInt64 = { .random(in: 0...UInt64.max) }) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        let digits = Array("0123456789abcdefghijkmnpqrstvwxyz")
        var bits = random()
        let ending = (0..<4).map { _ in
            defer { bits /= 33 }
            return String(digits[Int(bits % 33)])
        }
        let two = { (number: Int?) in String(format: "%02d", number ?? 0) }
        return "\(parts.year ?? 0)\(two(parts.month))\(two(parts.day))-\(two(parts.hour))\(two(parts.minute))"
            + "\(two(parts.second))-\(ending.joined())"
    }
}

public import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The files that one argument stands for.
public struct InputFiles: Hashable, Sendable {
    /// Paths, sorted by their bytes.
    public let files: [String]
    /// What was found but cannot be read, a sentence each, safe to show; the first twenty, and then how many more.
    public let notices: [String]

    /// How much of a file system one argument may name.
    struct Limits: Sendable {
        var files = 100_000
        /// Names that are looked at, whether they fit or not.
        var entries = 2_000_000
        /// Folders within each other.
        var depth = 64
    }

    /// Finds the files that an argument means.
    ///
    /// - A file stands for itself, whatever characters its name holds, and so does `-`, standard input.
    /// - A folder stands for the files in it and in its folders. Hidden names are passed over, and links to folders
    ///   left out.
    /// - What exists under neither name is a pattern if it holds `*`, `?` or `[`: `*` is any part of a name, `?` one
    ///   character, `[a-z]` and `[!a-z]` one of a set, `**` any number of folders. Names that begin with a dot fit
    ///   only a pattern that does. A folder that fits stands for what is in it.
    ///
    /// A file within a folder or pattern whose name is not UTF-8 is left out, with a notice: Swift's text cannot name
    /// it.
    ///
    /// - Throws: When there is nothing of that name, no file in the folder, or none that fits; when it is a pipe, a
    ///   device or a socket; when there are more than 100,000 files; of kind `interrupted` when the task is cancelled.
    public static func expand(_ argument: String) throws(Diagnostic) -> InputFiles {
        try expand(argument, limits: Limits())
    }

    /// The same, within other limits.
    static func expand(_ argument: String, limits: Limits) throws(Diagnostic) -> InputFiles {
        guard argument != "-" else { return InputFiles(files: [argument], notices: []) }
        // C would end the path at a NUL and find another file.
        guard !argument.utf8.contains(0) else { throw .unreadable(argument, ENOENT) }
        switch FileKind(path: argument) {
        case .file: return InputFiles(files: [argument], notices: [])
        case .folder, .linkToFolder:
            let folder = argument.hasSuffix("/") ? argument : argument + "/"
            return try collect(PathPattern(below: folder), of: argument, limits)
        case .other(let reason):
            throw Diagnostic(
                "`\(argument)` \(reason), not a file", remedy: "Name a file or a folder; `-` is standard input",
                at: Place(file: argument))
        case .absent(let code):
            guard PathPattern.hasMark(argument) else { throw .unreadable(argument, code) }
            return try collect(PathPattern(argument), of: argument, limits)
        }
    }

    private static func collect(
        _ pattern: PathPattern, of argument: String, _ limits: Limits
    ) throws(Diagnostic) -> InputFiles {
        var walk = FileWalk(pattern, limits: limits)
        if let code = try walk.run(), ![ENOENT, ENOTDIR].contains(code) { throw .unreadable(argument, code) }
        guard !walk.files.isEmpty else {
            throw nothing(in: argument, isPattern: !pattern.isFolder, leftOut: sorted(walk.leftOut))
        }
        return InputFiles(files: sorted(walk.files), notices: shortened(sorted(walk.leftOut)))
    }

    /// By bytes, so that the order is the same wherever the files lie.
    private static func sorted(_ paths: [String]) -> [String] {
        paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func shortened(_ notices: [String]) -> [String] {
        let limit = 20
        guard notices.count > limit else { return notices }
        return notices.prefix(limit) + ["\(notices.count - limit) more were left out"]
    }

    private static func nothing(in argument: String, isPattern: Bool, leftOut: [String]) -> Diagnostic {
        let others = leftOut.count > 1 ? ", and \(leftOut.count - 1) more" : ""
        let reason = leftOut.first.map { ": \($0)\(others)" } ?? ""
        if isPattern {
            return Diagnostic(
                "no file fits `\(argument)`\(reason)",
                remedy: "Check it: `*` stops at a slash, `**/` is any number of folders, hidden names need their dot")
        }
        return Diagnostic(
            "there is no file to read in `\(argument)`\(reason)", remedy: "Hidden files have to be named one by one")
    }
}

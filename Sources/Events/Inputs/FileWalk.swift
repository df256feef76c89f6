internal import Diagnostics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Collects the files that belong to a pattern. Every folder is looked at once; hidden ones are passed over.
struct FileWalk {
    private(set) var files: [String] = []
    private(set) var leftOut: [String] = []
    private let pattern: PathPattern
    private let limits: InputFiles.Limits
    private var folders: [Folder] = []
    private var entries = 0

    /// A folder that is still to be looked at.
    private struct Folder {
        /// Empty for the current one; else ends in a slash.
        let prefix: String
        let position: PathPattern.Position
        let depth: Int
        let isLink: Bool
    }

    init(_ pattern: PathPattern, limits: InputFiles.Limits) {
        self.pattern = pattern
        self.limits = limits
    }

    /// - Returns: The error number when the folder that the pattern begins in cannot be read.
    /// - Throws: When there are too many files, or the task is cancelled.
    mutating func run() throws(Diagnostic) -> Int32? {
        folders = [Folder(prefix: pattern.prefix, position: pattern.start, depth: 0, isLink: true)]
        while let folder = folders.popLast() {
            guard !Task.isCancelled else { throw .interrupted }
            let path = folder.prefix.isEmpty ? "." : folder.prefix
            // With the slash at its end a link would be followed, whatever the flag says.
            let name = folder.isLink ? path : String(path.dropLast())
            guard var listing = FolderListing(path: name, followsLink: folder.isLink) else {
                if folder.depth == 0 { return errno }
                leaveOut(folder.prefix, "cannot be read: \(String(cString: strerror(errno)))")
                continue
            }
            while let name = listing.next() { try visit(name, in: folder) }
            if listing.fault != 0 {
                leaveOut(path, "cannot be read to its end: \(String(cString: strerror(listing.fault)))")
            }
        }
        return nil
    }

    private mutating func visit(_ name: FolderListing.Name, in folder: Folder) throws(Diagnostic) {
        entries += 1
        guard entries <= limits.entries, files.count < limits.files else { throw tooMany }
        let position = pattern.advance(folder.position, by: name.text)
        guard !position.isEmpty else { return }
        let path = folder.prefix + name.text
        guard name.isUTF8 else { return leaveOut(path, "has a name that is not UTF-8") }
        switch FileKind(path: path) {
        case .file where pattern.isWhole(position): take(path)
        case .folder: push(path, position, in: folder, isLink: false)
        case .linkToFolder:
            if !position.throughLink.isEmpty {
                push(path, position.throughLink, in: folder, isLink: true)
            } else if pattern.isWhole(position) {
                leaveOut(path, "is a link to a folder")
            }
        case .other(let reason) where pattern.isWhole(position): leaveOut(path, reason)
        case .absent where pattern.isWhole(position): leaveOut(path, "is gone")
        case .file, .other, .absent: break
        }
    }

    private mutating func take(_ path: String) {
        guard access(path, R_OK) == 0 else {
            return leaveOut(path, "cannot be read: \(String(cString: strerror(errno)))")
        }
        // A lone hyphen would mean standard input.
        files.append(path == "-" ? "./-" : path)
    }

    private mutating func push(_ path: String, _ position: PathPattern.Position, in folder: Folder, isLink: Bool) {
        guard folder.depth < limits.depth else { return leaveOut(path, "lies too deep") }
        let inside = pattern.entering(position)
        folders.append(Folder(prefix: path + "/", position: inside, depth: folder.depth + 1, isLink: isLink))
    }

    private mutating func leaveOut(_ path: String, _ reason: String) {
        leftOut.append("`\(path.visible)` is left out: it \(reason)")
    }

    private var tooMany: Diagnostic {
        let place = pattern.prefix.isEmpty ? "the current folder" : "`\(pattern.prefix)`"
        return Diagnostic(
            "there are too many files in \(place): \(files.count) files among \(entries - 1) names so far",
            remedy: "Name a folder or a pattern with at most \(limits.files) files")
    }
}

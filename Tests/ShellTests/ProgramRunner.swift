import Foundation

/// The real program, run in a folder of the test's own.
enum Program {
    struct Said {
        let status: Int32
        let output: String
        let error: String
    }

    static let demo = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/demo.json")
        .standardizedFileURL.path

    /// A new folder, for as long as the test or a terminal holds it.
    static func folder() throws -> ProgramFolder { try ProgramFolder() }

    /// The surroundings of a test: nothing of the user's own.
    static func environment(_ folder: ProgramFolder) -> [String: String] {
        ["HOME": folder.path + "/home", "PATH": "/usr/bin:/bin", "TERM": "xterm", "LANG": "C.UTF-8", "NO_COLOR": "1"]
    }

    static func run(
        _ arguments: [String], input: String = "", in folder: ProgramFolder, environment extra: [String: String] = [:]
    ) throws -> Said {
        let process = Process(), typed = folder.path + "/input.txt"
        let output = folder.path + "/output.txt", error = folder.path + "/error.txt"
        for path in [output, error] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        try Data(input.utf8).write(to: URL(filePath: typed))
        process.executableURL = URL(filePath: PseudoTerminal.built("watchfloor"))
        process.arguments = arguments
        process.environment = environment(folder).merging(extra) { $1 }
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: typed))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: error))
        try process.run()
        process.waitUntilExit()
        return Said(
            status: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
            error: try String(contentsOfFile: error, encoding: .utf8))
    }
}

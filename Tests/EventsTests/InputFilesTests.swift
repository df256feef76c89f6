import Diagnostics
@testable import Events
import Foundation
import Testing

@Suite("The files that an argument stands for")
struct InputFilesTests {
    private let folder: InputFolder

    init() throws { folder = try InputFolder() }

    /// What an argument in the folder stands for, without the folder's path.
    private func expand(_ argument: String, limits: InputFiles.Limits = .init()) throws -> [String] {
        let found = try InputFiles.expand(folder.path + "/" + argument, limits: limits)
        #expect(found.notices == [])
        return found.files.map(inside)
    }

    private func inside(_ path: String) -> String {
        path.replacing(folder.path + "/", with: "")
    }

    private func notices(_ argument: String) throws -> [String] {
        try InputFiles.expand(folder.path + "/" + argument).notices.map(inside)
    }

    /// Problem and remedy of an argument that stands for nothing.
    private func fault(_ argument: String, limits: InputFiles.Limits = .init()) -> String? {
        do {
            _ = try InputFiles.expand(folder.path + "/" + argument, limits: limits)
            return nil
        } catch {
            return inside(error.problem)
        }
    }

    @Test("A file is itself, whatever its name holds", arguments: [
        "a.json", "with space", "*", "a[1].json", "-rf", "?", "**", "line\nbreak", "\u{1B}[31m", "\\", "ü",
        "e\u{301}", ".hidden",
    ])
    func literal(name: String) throws {
        try folder.make(name, "other")
        let files = try InputFiles.expand(folder.path + "/" + name).files
        #expect(files.map { Array($0.utf8) } == [Array((folder.path + "/" + name).utf8)])
    }

    @Test("Standard input is itself, and nothing is nothing")
    func standardInput() throws {
        #expect(try InputFiles.expand("-") == InputFiles(files: ["-"], notices: []))
        #expect(throws: Diagnostic("there is no file ``", remedy: "Check the path; Tab completes file names")) {
            try InputFiles.expand("")
        }
    }

    @Test("A folder is its files and those in its folders, by bytes, without hidden ones")
    func wholeFolder() throws {
        try folder.make(
            "d/b", "d/a", "d/B", "d/c/x", "d/c/y/z", "d/c-1", "d/é", "d/z", "d/-", "d/[a]", "d/.hidden",
            "d/.git/config", "d/c/.x", "e")
        let files = ["d/-", "d/B", "d/[a]", "d/a", "d/b", "d/c-1", "d/c/x", "d/c/y/z", "d/z", "d/é"]
        #expect(try expand("d") == files)
        #expect(try expand("d/") == files)
        #expect(try expand("d/c") == ["d/c/x", "d/c/y/z"])
    }

    @Test("A pattern stands for the files that fit", arguments: [
        ("*.json", ["a.json", "ab.json", "é.json"]), ("a*", ["a.json", "ab.json"]), ("?.json", ["a.json", "é.json"]),
        ("[ab].json", ["a.json"]), ("[!a]*.json", ["é.json"]), ("[^a]*.json", ["é.json"]), ("[a-f]?.json", ["ab.json"]),
        ("[]x].txt", ["x.txt"]), ("*.js[o]n", ["a.json", "ab.json", "é.json"]), ("\\a*b.json", ["ab.json"]),
        (".*.json", [".h.json"]), ("*/*.json", ["d/a.json", "d/b.json"]), ("d/?.json", ["d/a.json", "d/b.json"]),
        ("**/a.json", ["a.json", "d/a.json", "d/e/f/a.json"]), ("d/**/a.json", ["d/a.json", "d/e/f/a.json"]),
        ("**/e/**", ["d/e/f/a.json", "d/e/g"]), ("**/[e]/**/a*", ["d/e/f/a.json"]),
        ("d/**", ["d/a.json", "d/b.json", "d/e/f/a.json", "d/e/g"]),
        ("**/**/**/b.json", ["d/b.json"]), ("d/e*", ["d/e/f/a.json", "d/e/g"]), ("?/e/?", ["d/e/f/a.json", "d/e/g"]),
        ("./*.txt", ["./x.txt"]), ("d//*.json", ["d//a.json", "d//b.json"]), ("*.d/.h*", ["l.d/.h"]),
        ("a**n", ["a.json", "ab.json"]),
    ])
    func pattern(text: String, files: [String]) throws {
        try folder.make(
            "a.json", "ab.json", "é.json", "x.txt", ".h.json", "d/a.json", "d/b.json", "d/e/f/a.json", "d/e/g",
            "d/.k/a.json", "l.d/.h")
        #expect(try expand(text) == files)
    }

    @Test("Nothing is said with what to do", arguments: [
        ("none", "there is no file `none`"), ("*.csv", "no file fits `*.csv`"),
        ("none/*", "no file fits `none/*`"), ("a/*", "no file fits `a/*`"), ("[", "no file fits `[`"),
        ("empty", "there is no file to read in `empty`"), ("emp*", "no file fits `emp*`"),
        ("a\0", "there is no file `a\0`"),
        ("a/b", "`a/b` cannot be read: Not a directory"),
        ("pipe", "`pipe` is a named pipe, not a file"), ("dangling", "`dangling` is a link to nothing, not a file"),
        ("p?pe", "no file fits `p?pe`: `pipe` is left out: it is a named pipe"),
        ("?????", "no file fits `?????`: `pipe1` is left out: it is a named pipe, and 1 more"),
    ])
    func nothing(argument: String, problem: String) throws {
        try folder.make("a", "empty/.hidden")
        for name in ["pipe", "pipe1", "pipe2"] { #expect(mkfifo(folder.path + "/" + name, 0o600) == 0) }
        #expect(symlink("none", folder.path + "/dangling") == 0)
        #expect(fault(argument) == problem)
    }

    @Test("A device is no input")
    func device() {
        #expect(throws: Diagnostic(
            "`/dev/null` is a device, not a file", remedy: "Name a file or a folder; `-` is standard input",
            at: Place(file: "/dev/null"))
        ) { try InputFiles.expand("/dev/null") }
    }
}

// MARK: What is left out, and how much is looked at

extension InputFilesTests {
    @Test("What cannot be read in a folder is told, and what control characters it holds is shown")
    func leftOut() throws {
        try folder.make("d/a", "d/e/b", "other/c")
        let path = folder.path + "/d/"
        #expect(mkfifo(path + "pipe\u{1B}\n", 0o600) == 0)
        #expect(symlink("../other", path + "link") == 0)
        #expect(symlink(".", path + "loop") == 0)
        #expect(symlink("none", path + "dangling") == 0)
        #expect(symlink("a", path + "z") == 0)
        #expect(try InputFiles.expand(path).files.map(inside) == ["d/a", "d/e/b", "d/z"])
        #expect(try notices("d") == [
            "`d/dangling` is left out: it is a link to nothing", "`d/link` is left out: it is a link to a folder",
            "`d/loop` is left out: it is a link to a folder", "`d/pipe\\u{1B}\\n` is left out: it is a named pipe",
        ])
        #expect(try notices("d/a*") == [])
    }

    @Test("A link to a folder is entered when it is named, and only then")
    func links() throws {
        try folder.make("d/a", "d/e/b")
        #expect(symlink("d", folder.path + "/link") == 0 && symlink(".", folder.path + "/d/self") == 0)
        #expect(try InputFiles.expand(folder.path + "/link").files.map(inside) == ["link/a", "link/e/b"])
        #expect(try expand("li*/a") == ["link/a"])
        #expect(try expand("**/e/*") == ["d/e/b"])
        #expect(try expand("d/s*/s*/a") == ["d/self/self/a"])
    }

    @Test("A name that is not UTF-8 is left out, and told when it would have fitted")
    func invalidName() throws {
        try folder.make("d/a.json")
        let path = Array("\(folder.path)/d/b".utf8) + [0xFF] + Array(".json\0".utf8)
        let descriptor = creat(path.map { CChar(bitPattern: $0) }, 0o600)
        // macOS refuses such names.
        guard descriptor >= 0 else { return }
        close(descriptor)
        let notice = "`d/b\u{FFFD}.json` is left out: it has a name that is not UTF-8"
        for argument in ["d", "d/*", "**/[ab]*.json"] {
            #expect(try InputFiles.expand(folder.path + "/" + argument).files.map(inside) == ["d/a.json"])
            #expect(try notices(argument) == [notice])
        }
        #expect(try notices("d/a*") == [])
        #expect(fault("**/b?.json") == "no file fits `**/b?.json`: " + notice)
    }

    @Test("A file or a folder that may not be read is told", .enabled(if: geteuid() != 0, "root may read everything"))
    func unreadable() throws {
        try folder.make("d/a", "d/b", "d/e/c")
        #expect(chmod(folder.path + "/d/b", 0) == 0 && chmod(folder.path + "/d/e", 0) == 0)
        #expect(try InputFiles.expand(folder.path + "/d").files.map(inside) == ["d/a"])
        #expect(try notices("d") == [
            "`d/b` is left out: it cannot be read: Permission denied",
            "`d/e/` is left out: it cannot be read: Permission denied",
        ])
        #expect(fault("d/e") == "`d/e` may not be read")
        #expect(chmod(folder.path + "/d/e", 0o700) == 0)
    }

    @Test("After twenty notices comes how many more there are")
    func manyNotices() throws {
        try folder.make("a")
        for number in 10..<35 { #expect(mkfifo(folder.path + "/pipe\(number)", 0o600) == 0) }
        let told = try notices("")
        #expect(told.count == 21 && told.first == "`pipe10` is left out: it is a named pipe")
        #expect(told.last == "5 more were left out")
    }

    @Test("Too many files, too many names, too many folders in each other")
    func limits() throws {
        try folder.make("a", "b", "c", "d/e/f/g")
        #expect(try expand("", limits: .init(files: 4)).count == 4)
        #expect(fault("", limits: .init(files: 3))?.hasPrefix("there are too many files in ") == true)
        #expect(fault("[ab]", limits: .init(entries: 3))?.hasPrefix("there are too many files in ") == true)
        #expect(try expand("[ab]", limits: .init(entries: 4)) == ["a", "b"])
        #expect(try expand("d", limits: .init(depth: 2)) == ["d/e/f/g"])
        #expect(fault("d", limits: .init(depth: 1))
            == "there is no file to read in `d`: `d/e/f` is left out: it lies too deep")
    }

    @Test("No pattern takes more than name times pattern", .timeLimit(.minutes(10)))
    func linear() throws {
        let name = String(repeating: "a", count: 200)
        try folder.make(name, "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a")
        #expect(fault(String(repeating: "a*", count: 100) + "b") != nil)
        #expect(fault(String(repeating: "**/a/", count: 30) + "b") != nil)
        #expect(NamePattern(String(repeating: "*a", count: 100)).matches(name))
    }

    @Test("Cancelling ends it")
    func cancellation() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try InputFiles.expand(folder.path)
        }
        await #expect(throws: Diagnostic.interrupted) { _ = try await task.value }
    }

    @Test("Relative patterns begin in the current folder")
    func relative() {
        #expect(PathPattern("*.json").prefix == "" && PathPattern("a/b/*.json").prefix == "a/b/")
        #expect(PathPattern("/*").prefix == "/" && PathPattern("../x*/y").prefix == "../")
    }
}

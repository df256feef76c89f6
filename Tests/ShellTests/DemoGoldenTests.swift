import Foundation
import Testing

/// The demo's whole output, compared with what is kept in `Fixtures/golden/demo`.
///
/// `RECORD=1 swift test` writes what the program says now; read the difference before it is committed.
struct DemoGoldenTests {
    static let folder = URL(filePath: Program.demo).deletingLastPathComponent().appending(path: "golden/demo").path

    @Test(arguments: [("table", "run.txt"), ("json", "run.json")])
    func says(format: String, file: String) throws {
        let said = try Program.run(
            ["run", "--input", Program.demo, "--offline", "--quiet", "--format", format], in: try Program.folder(),
            environment: ["COLUMNS": "110"])
        #expect(said.status == 0)
        let golden = URL(filePath: Self.folder + "/" + file)
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
            try Data(said.output.utf8).write(to: golden)
        }
        #expect(try String(contentsOf: golden, encoding: .utf8) == said.output)
    }
}

import Foundation
import JSON
import Testing

/// A session over a log in which every text wants out.
enum HostileReport {
    static func text(_ format: String) throws -> String {
        let folder = try Program.folder(), start = ["--offline", "--quiet", "--session", "bad"]
        try folder.write(log, to: "log<b>'\".ndjson")
        let said = try Program.run(start + ["-f", "script.wf"], in: try script(in: folder))
        #expect(said.status == 0, "\(said.error)")
        let report = try Program.run(start + ["report", "--format", format], in: folder)
        #expect(report.status == 0, "\(report.error)")
        return report.output
    }

    private static func script(in folder: ProgramFolder) throws -> ProgramFolder {
        try folder.write(
            """
            run --input "log<b>'\\".ndjson"
            note "><img src=x onerror=alert(2)> ![x](http://evil.example/x.png) | a | b | `code` $x$ @all #1
            note 1. - # owned heading \u{202E}gnp.exe
            note === *a* _b_ ~c~
            """, to: "script.wf")
        return folder
    }

    /// Five failures, a success, and one elsewhere, with names that are markup.
    private static var log: String {
        let names = [
            "<script>alert(1)</script>", "</td></table><h1>owned</h1>", "[a](javascript:alert(3))",
            "# owned heading\n## more", "\u{1B}[31mred\u{202E}\u{200B}\u{2066}|x|", "```\n</code></pre>",
        ]
        return names.enumerated().flatMap { index, name in
            (0..<7).map { event(index, $0, name) }
        }.map(\.text).joined(separator: "\n")
    }

    private static func event(_ index: Int, _ step: Int, _ name: String) -> JSONValue {
        let far = index == 5 ? "Nowhere<i>|\(name)" : "Brazil", country = step < 6 ? far : "France"
        let address = step < 6 ? "203.0.113.\(index + 1)" : "198.51.100.\(index + 1)"
        return [
            "uuid": .string("e\(index)-\(step)\"'<u>"), "published": .string("2026-03-13T0\(index):0\(step):00Z"),
            "eventType": "user.session.start",
            "actor": [
                "id": .string("00u\(index)" + name), "type": "User", "alternateId": .string(name),
                "displayName": .string(name),
            ],
            "client": [
                "ipAddress": .string(address), "userAgent": ["rawUserAgent": .string(name)],
                "geographicalContext": ["city": .string(name), "country": .string(country)],
            ],
            "outcome": ["result": .string(step < 5 ? "FAILURE" : "SUCCESS"), "reason": .string(name)],
        ]
    }
}

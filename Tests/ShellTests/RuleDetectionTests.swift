import Foundation
import Testing

@Suite("detect with rules")
struct RuleDetectionTests {
    private static let sigma = """
        title: Sign-in from New York
        id: 1d6f5a0e-27b6-4a70-bf45-0c4f6ee2a001
        logsource: {product: okta, service: okta}
        detection:
            selection: {eventType: user.session.start, client.geographicalContext.city: new york}
            condition: selection
        level: high

        """
    private static let placeholder = """
        title: Not by an administrator
        id: 1d6f5a0e-27b6-4a70-bf45-0c4f6ee2a002
        logsource: {product: okta, service: okta}
        detection:
            selection: {eventType: user.session.start}
            admins: {actor.id|expand: '%Administrators%'}
            condition: selection and not admins

        """
    private static let okta = """
        title: Failed sign-in
        detection:
            okta_systemlog:
                OIE: eventType eq "user.session.start" and outcome.result eq "FAILURE"

        """
    private static let filters =
        #"{"file":"detections/from_us.yml","title":"From the US","engine":"OIE","filter":"client.geographicalContext.country eq \"US\" and outcome.result eq \"SUCCESS\""}"# + "\n"

    private static func folder(_ files: [String: String]) throws -> ProgramFolder {
        let folder = try Program.folder()
        try FileManager.default.createDirectory(atPath: folder.path + "/rules", withIntermediateDirectories: true)
        for (name, text) in files { try folder.write(text, to: "rules/" + name) }
        return folder
    }

    private static func detect(
        _ folder: ProgramFolder, _ options: [String] = [], _ path: String = "rules"
    ) throws -> Program.Said {
        try Program.run(
            ["--offline", "--session", "s", "detect", "--input", Program.demo, "--rules", path, "--no-builtin"] + options,
            in: folder)
    }

    /// `rule_id | title | events` of each finding.
    private static func findings(_ said: Program.Said) throws -> [String] {
        try said.output.split(separator: "\n").map { line in
            let finding = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let metadata = finding["metadata"] as? [String: Any], events = finding["okta_event_ids"] as? [String] ?? []
            return "\(metadata?["rule_id"] ?? "") | \(metadata?["title"] ?? "") | \(events.joined(separator: " "))"
        }.sorted()
    }

    @Test("Rules of each kind run as they are, one finding for each actor", arguments: [
        ("a.yml", sigma, ["1d6f5a0e-27b6-4a70-bf45-0c4f6ee2a001 | Sign-in from New York | evt-2002"]),
        ("failed.yml", okta, ["failed | Failed sign-in | evt-1001 evt-1002 evt-1003 evt-1004 evt-1005"]),
        ("f.ndjson", filters, ["from_us | From the US | evt-2002"]),
    ])
    func kinds(file: String, text: String, expected: [String]) throws {
        let said = try Self.detect(Self.folder([file: text]))
        #expect(try Self.findings(said) == expected)
        #expect(said.status == 0)
    }

    @Test("A rule that cannot be understood is refused with file, line and reason; the others run")
    func refused() throws {
        let folder = try Self.folder(["a.yml": Self.sigma, "b.yml": Self.placeholder])
        let said = try Self.detect(folder)
        #expect(try Self.findings(said).count == 1)
        #expect(said.error.contains("refused: rules/b.yml:6: the placeholder `%Administrators%` has no values"))
        #expect(try Self.detect(folder, ["--strict"]).status == 4)
    }

    @Test("Placeholders have the values of config.json")
    func placeholders() throws {
        let folder = try Self.folder(["b.yml": Self.placeholder])
        let configuration = folder.path + "/home/.config/watchfloor"
        try FileManager.default.createDirectory(atPath: configuration, withIntermediateDirectories: true)
        try Data(#"{"placeholders": {"Administrators": ["alice", "bob"]}}"#.utf8)
            .write(to: URL(filePath: configuration + "/config.json"))
        let said = try Self.detect(folder)
        #expect(try Self.findings(said) == ["1d6f5a0e-27b6-4a70-bf45-0c4f6ee2a002 | Not by an administrator | evt-3001"])
        #expect(try Program.run(["replay", "s", "--verify"], in: folder).status == 0)
    }

    @Test("A replay reads the rules again, and tells when they have changed")
    func replay() throws {
        let folder = try Self.folder(["a.yml": Self.sigma])
        _ = try Self.detect(folder)
        #expect(try Program.run(["replay", "s", "--verify"], in: folder).status == 0)
        try folder.write(Self.sigma.replacingOccurrences(of: "high", with: "low"), to: "rules/a.yml")
        let said = try Program.run(["replay", "s", "--verify"], in: folder)
        #expect(said.status == 5)
        #expect(said.error.contains("the input rules/a.yml has changed since"))
    }

    @Test("A step that detects again runs the same rules")
    func again() throws {
        let folder = try Self.folder(["a.yml": Self.sigma])
        _ = try Self.detect(folder)
        let said = try Program.run(
            ["--offline", "--session", "s", "-c", "score; show findings", "--format", "jsonl"], in: folder)
        #expect(said.output.contains("Sign-in from New York") && !said.output.contains("impossible_travel"))
    }

    @Test("What cannot be run is said before anything is", arguments: [
        (["detect", "--no-builtin"], 2, "--no-builtin leaves nothing to run"),
        (["detect", "--only", "impossible_travle"], 2, "Did you mean `impossible_travel`?"),
        (["detect", "--input", Program.demo, "--rules", "nowhere"], 1, "nowhere"),
    ] as [([String], Int32, String)])
    func wrong(arguments: [String], status: Int32, message: String) throws {
        let said = try Program.run(["--offline"] + arguments, in: Program.folder())
        #expect(said.status == status)
        #expect(said.error.contains(message), "\(said.error)")
    }
}

@Suite("Known ways out")
struct KnownExitTests {
    @Test("A journey to the org's own way out is of low severity, in this run and in its replay", arguments: [
        ("", "high"), ("192.0.2.44", "low"), ("198.51.100.99, 192.0.2.44", "low"),
    ])
    func exits(addresses: String, severity: String) throws {
        let folder = try Program.folder()
        let said = try Program.run(
            ["--offline", "--session", "s", "detect", "--only", "impossible_travel", "--input", Program.demo], in: folder,
            environment: ["KNOWN_EXITS": addresses])
        #expect(said.output.contains("\"severity\":\"\(severity)\""), "\(said.output)")
        #expect(try Program.run(["replay", "s", "--verify"], in: folder).status == 0)
    }
}

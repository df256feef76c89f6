@testable import Events
import JSON
import Tables
import Testing

/// A file of `Fixtures/shapes`, and what its shape loses of the events.
struct ShapeCase: Sendable, CustomTestStringConvertible {
    let file: String
    let format: String
    var envelopes: [String] = []
    /// Paths that at least one of the events has at Okta and lacks in this shape.
    var lost: [String] = []

    var testDescription: String { file }

    static let inDevice = ["device"], root = "authenticationContext.rootSessionId"
    /// What Sentinel's tables and the Admin Console do not carry.
    static let notCarried = ["device", root]

    static let all: [ShapeCase] = [
        ShapeCase(file: "okta.json", format: "okta"),
        ShapeCase(file: "okta-epoch.ndjson", format: "okta"),
        ShapeCase(file: "panther.ndjson", format: "panther"),
        ShapeCase(file: "dotted.ndjson", format: "dotted"),
        ShapeCase(
            file: "splunk_search-fields.ndjson", format: "dotted", envelopes: ["splunk_search"],
            lost: ["request.ipChain"]),
        ShapeCase(
            file: "elastic.ndjson", format: "elastic",
            lost: ["legacyEventType", "client.geographicalContext.postalCode", root]),
        ShapeCase(
            file: "elastic-flat.ndjson", format: "elastic",
            lost: ["legacyEventType", "client.geographicalContext.postalCode", "request.ipChain", root]),
        ShapeCase(file: "okta_cl.ndjson", format: "okta_cl", lost: notCarried),
        ShapeCase(file: "oktav2_cl.ndjson", format: "oktav2_cl", lost: notCarried),
        ShapeCase(
            file: "ocsf.ndjson", format: "ocsf",
            lost: [
                "version", "severity", "client.userAgent.browser", "authenticationContext.credentialProvider",
                "authenticationContext.authenticationProvider", "securityContext.isp", "outcome.result",
                "target.1.id", "target.1.alternateId", "request.ipChain", "device",
            ]),
        ShapeCase(file: "ocsf-unmapped.ndjson", format: "ocsf", lost: ["outcome.result"]),
        ShapeCase(file: "console.ndjson", format: "csv", lost: notCarried + ["request.ipChain"]),
        ShapeCase(file: "console.csv", format: "csv", lost: notCarried + ["request.ipChain"]),
        ShapeCase(file: "console-semicolon.csv", format: "csv", lost: notCarried + ["request.ipChain"]),
        ShapeCase(file: "console-tabs.csv", format: "csv", lost: notCarried + ["request.ipChain"]),
        ShapeCase(file: "okta-paths.csv", format: "csv"),
        ShapeCase(file: "okta_cl.csv", format: "csv", lost: notCarried),
        ShapeCase(file: "oktav2_cl.csv", format: "csv", lost: notCarried),
        ShapeCase(file: "flat.json", format: "flat", lost: notInFlat),
        ShapeCase(file: "flat.csv", format: "csv", lost: notInFlat),
        ShapeCase(file: "events.json", format: "okta", envelopes: ["events"]),
        ShapeCase(file: "event_hook.json", format: "okta", envelopes: ["event_hook"]),
        ShapeCase(file: "eventbridge.ndjson", format: "okta", envelopes: ["eventbridge"]),
        ShapeCase(file: "splunk_hec.ndjson", format: "okta", envelopes: ["splunk_hec"]),
        ShapeCase(file: "splunk_search.ndjson", format: "okta", envelopes: ["splunk_search", "splunk_raw"]),
        ShapeCase(file: "splunk_results.json", format: "okta", envelopes: ["splunk_results", "splunk_raw"]),
        ShapeCase(
            file: "elastic_search.json", format: "okta",
            envelopes: ["elastic_search", "elastic_hit", "event_original"]),
        ShapeCase(file: "elastic_hit.ndjson", format: "okta", envelopes: ["elastic_hit", "event_original"]),
        ShapeCase(file: "message.ndjson", format: "okta", envelopes: ["message"]),
        ShapeCase(file: "input_message.ndjson", format: "okta", envelopes: ["input_message"]),
        ShapeCase(file: "log_events.json", format: "okta", envelopes: ["log_events", "message", "eventbridge"]),
        ShapeCase(file: "panther_test.ndjson", format: "panther", envelopes: ["panther_test"]),
        ShapeCase(file: "event.ndjson", format: "panther", envelopes: ["event"]),
        ShapeCase(file: "raw_data.ndjson", format: "okta", envelopes: ["raw_data"]),
    ]

    private static let notInFlat = [
        "version", "severity", "legacyEventType", "displayMessage", "actor.alternateId", "actor.displayName",
        "client.userAgent.os", "client.userAgent.browser", "client.zone", "client.device", "client.id",
        "client.geographicalContext.state", "client.geographicalContext.postalCode",
        "client.geographicalContext.geolocation", "authenticationContext", "securityContext", "outcome.reason",
        "target.0.type", "target.0.alternateId", "target.0.displayName", "target.1", "transaction", "request", "device",
        "debugContext",
    ]
}

@Suite("The same events in every shape")
struct FormatTests {
    @Test("Field by field what Okta's API gives, but for what the shape loses", arguments: ShapeCase.all)
    func fields(shape: ShapeCase) throws {
        let events = try UnwrappedEvent.all(inFile: shape.file), native = try ShapeFixtures.native()
        #expect(events.map { $0.format?.name } == native.map { _ in shape.format })
        #expect(events.map(\.envelopes) == native.map { _ in shape.envelopes })
        var lost: Set<String> = []
        for (event, original) in zip(events, native) {
            let found = event.logEvent.leaves, expected = original.leaves
            for (path, value) in expected where found[path] != value {
                let time = found["published"].flatMap(Formats.published)
                let isSameTime = path == "published" && time == Formats.published(value)
                let isLost = found[path] == nil && shape.lost.covers(path)
                #expect(isSameTime || isLost, "\(path) is \(found[path]?.text ?? "missing"), not \(value.text)")
                if isLost { lost.insert(shape.lost.first { [$0].covers(path) } ?? path) }
            }
            #expect(Set(found.keys).subtracting(expected.keys).sorted() == [], "nothing is invented")
            #expect(found["published"]?.string.flatMap { Timestamp($0) } != nil, "the time is ISO 8601")
        }
        #expect(lost == Set(shape.lost), "nothing is said to be lost that is there")
    }

    /// But for OCSF, whose mappings differ in what they keep, and for targets, of which a shape may carry a part.
    @Test("What a format says it cannot supply is in none of its events, and what it loses of those fields is said")
    func missing() throws {
        let important = EventField.allCases.map(\.rawValue) + NumberField.allCases.map(\.rawValue)
        for shape in ShapeCase.all where shape.format != "ocsf" {
            let events = try UnwrappedEvent.all(inFile: shape.file)
            let missing = try #require(events.first?.format?.missingFields)
            for path in events.flatMap({ $0.logEvent.leaves.keys }) {
                #expect(!missing.covers(path), "\(shape.file): \(path)")
            }
            for path in important + ["securityContext.isProxy"] where shape.lost.covers(path) {
                #expect(missing.covers(path), "\(shape.file): \(path)")
            }
        }
    }

    @Test("What each format cannot supply", arguments: [
        ("okta", []), ("panther", []), ("dotted", []),
        ("elastic", ["authenticationContext.rootSessionId"]),
        ("okta_cl", ["authenticationContext.rootSessionId", "device"]),
        ("oktav2_cl", ["authenticationContext.rootSessionId", "device"]),
        ("csv", ["authenticationContext.rootSessionId", "device"]),
        ("ocsf", ["severity"]),
        ("flat", [
            "severity", "displayMessage", "actor.alternateId", "actor.displayName", "client.id", "outcome.reason",
            "authenticationContext.externalSessionId", "authenticationContext.rootSessionId", "transaction.id",
            "securityContext.isp", "securityContext.isProxy", "client.userAgent.os",
            "transaction.detail.requestApiTokenId", "target.0.type", "target.0.alternateId", "target.0.displayName",
            "client.geographicalContext.geolocation.lat", "client.geographicalContext.geolocation.lon",
            "securityContext.asNumber", "debugContext.debugData", "device",
        ]),
    ] as [(String, [String])])
    func missing(format: String, expected: [String]) throws {
        let format = try #require(Formats.all.first { $0.name == format })
        #expect(format.missingFields == expected)
    }

    @Test("Every object of the fixtures is of one format or one envelope, and no two claim it")
    func ambiguity() throws {
        for shape in ShapeCase.all where !shape.file.hasSuffix(".csv") {
            for value in try ShapeFixtures.values(shape.file) {
                let formats = Formats.all.filter { $0.recognises(value) }.map(\.name)
                let envelopes = Envelopes.all.filter { $0.recognises(value) }.map(\.name)
                // OCSF's own place for the raw event lies in what could be read without it.
                let outer = shape.file == "raw_data.ndjson" ? ["ocsf"] : []
                let expected = shape.envelopes.isEmpty ? [shape.format] : outer
                #expect(formats == expected, "\(shape.file)")
                #expect(envelopes == Array(shape.envelopes.prefix(1)), "\(shape.file)")
            }
        }
    }

    @Test("Every file of the fixtures is in the table above, but for those of the lossy shapes")
    func complete() throws {
        let others = ["elastic-ecs.ndjson", "oktav2_cl-asim.ndjson"]
        #expect(try ShapeFixtures.names == (ShapeCase.all.map(\.file) + others).sorted())
    }
}

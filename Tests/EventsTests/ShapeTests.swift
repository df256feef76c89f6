import Events
import JSON
import Tables
import Testing

@Suite("The shapes that events come in")
struct ShapeTests {
    private static let events = ["x", "y", "z"].map {
        #"{"uuid":"\#($0)","published":"2025-11-12T18:00:00Z","actor":{"id":"ann"},"target":[{"id":"t"},{"id":"u"}]}"#
    }
    private static let whole = JSONValue.array(events.map { (try? JSONValue(parsing: $0)) ?? .null })

    /// `<x>` is an event on one line, `<X>` the same on several, `<all>` all three as a pretty array.
    @Test("The same three events, whatever they are wrapped in", arguments: [
        ("one a line", "<x>\n<y>\n<z>\n"),
        ("the last line without its end", "<x>\n<y>\n<z>"),
        ("lines of DOS", "<x>\r\n<y>\r\n<z>\r\n"),
        ("a byte order mark", "\u{FEFF}<x>\n<y>\n<z>\n"),
        ("blank lines", "\n \n<x>\n\n\n<y>\n\t\n<z>\n\n"),
        ("lines that end with commas", "<x>,\n<y>,\n<z>,\n"),
        ("one after another", "<x><y><z>"),
        ("apart by spaces", "<x>  <y>  <z>\n"),
        ("an array", "[<x>,<y>,<z>]"),
        ("an array with one a line", "[\n<x>,\n<y>,\n<z>\n]\n"),
        ("an array with commas first", "[<x>\n,<y>\n,<z>]"),
        ("a pretty array", "<all>\n"),
        ("a pretty array with a mark", "\u{FEFF}<all>"),
        ("an array a line", "[<x>]\n[<y>,<z>]\n"),
        ("pretty objects", "<X>\n<Y>\n<Z>\n"),
        ("pretty objects with commas", "<X>,\n<Y>,\n<Z>"),
        ("pretty objects without a line between", "<X><Y><Z>"),
        ("a pretty object, then lines", "<X>\n<y>\n<z>"),
        ("an envelope", #"{"events":[<x>,<y>,<z>]}"#),
        ("an envelope with more in it", #"{"events":[<x>,<y>,<z>],"next":{"a":[1]},"n":3}"# + "\n"),
        ("an envelope with one a line", "{\"events\":[\n<x>,\n<y>,\n<z>\n]}\n"),
        ("an envelope over lines", "{\n\"events\":\n[\n<x>,\n<y>,\n<z>\n]\n}\n"),
        ("a pretty envelope", "{\n  \"events\": <all>,\n  \"n\": 3\n}"),
        ("an envelope a line", "{\"events\":[<x>]}\n{\"events\":[<y>,<z>]}"),
        ("an envelope, then lines", "{\"events\":[<x>]}\n<y>\n<z>"),
    ])
    func shapes(name: String, template: String) async throws {
        for input in [expanded(template), expanded(template).replacing("\n", with: "\r\n")] {
            let (table, report) = try await read(input)
            #expect(table.ids == ["x", "y", "z"])
            #expect(report.messages == [])
            #expect(report.accepted == 3 && report.isBalanced)
            #expect((0..<table.count).map { table[$0].rawJSON } == Self.whole.array)
            #expect(table.column(.actorID).dictionary.elementsEqual(["", "ann"]))
            #expect(table.column(.targetID)[2] == "t")
        }
    }

    private func expanded(_ template: String) -> String {
        var text = template.replacing("<all>", with: Self.whole.prettyText)
        for (name, event) in zip(["x", "y", "z"], Self.events) {
            text = text.replacing("<\(name)>", with: event)
            text = text.replacing("<\(name.uppercased())>", with: (try? JSONValue(parsing: event))?.prettyText ?? "")
        }
        return text
    }

    @Test("Inputs without events", arguments: ["", "\n", " \r\n\t\n", "\u{FEFF}", "[]", "[\n]", #"{"events":[]}"#])
    func nothing(input: String) async throws {
        let (table, report) = try await read(input)
        #expect(table.isEmpty)
        #expect(report.json == [
            "read": 0, "accepted": 0, "duplicates": 0, "rejected": 0, "outside_window": 0, "problems": [], "first": nil,
            "last": nil, "actors": 0, "missing_fields": [],
        ])
    }

    @Test("One pretty object alone")
    func single() async throws {
        #expect(try await read(expanded("<X>")).table.ids == ["x"])
        #expect(try await read(expanded("\n\n<X>\n")).table.ids == ["x"])
    }

    @Test("The flat shape of the demo is the same event as the API's")
    func flat() async throws {
        let flat = """
            {"id":"e1","event_type":"user.session.start","actor_id":"alice","actor_type":"User","target_id":"app",\
            "ip_address":"203.0.113.10","user_agent":"Mozilla/5.0","city":"Washington","country":"US",\
            "outcome":"FAILURE","timestamp":"2025-11-12T18:00:00Z"}
            """
        let (table, report) = try await read(flat)
        #expect(table[0].logEvent == [
            "uuid": "e1", "published": "2025-11-12T18:00:00Z", "eventType": "user.session.start",
            "actor": ["id": "alice", "type": "User"],
            "client": [
                "ipAddress": "203.0.113.10", "userAgent": ["rawUserAgent": "Mozilla/5.0"],
                "geographicalContext": ["city": "Washington", "country": "US"],
            ],
            "outcome": ["result": "FAILURE"], "target": [["id": "app"]],
        ])
        #expect(table[0].country == "US" && table[0].outcome == "FAILURE" && table[0].targetID == "app")
        #expect(table[0].raw == Array(flat.utf8))
        #expect(report.formats == ["flat"])
        #expect(report.missingFields.contains("securityContext.asNumber"))
    }

    @Test("Shapes may be mixed, in one input and over several")
    func mixed() async throws {
        let (table, report) = try await read(Self.events[0] + "\n" + #"{"id":"f","actor_id":"bob"}"#, "[\(Self.events[1])]")
        #expect(table.ids == ["x", "f", "y"])
        #expect(report.formats == ["flat", "okta"])
        #expect(table[2].origin == (file: "b", byte: 1))
    }
}

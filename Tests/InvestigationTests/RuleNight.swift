import Detection
import Events
import Foundation
import JSON
import Tables

@testable import Investigation

/// Events as lines of `18:00:00 ann 192.0.2.1 user.session.start FAILURE`, all of 2026-03-13 or of `DD/time`, then
/// `name=value`: `country=`, `agent=`, `device=`, `session=`, `factor=`, `reason=`, `asn=`, `token=`, and
/// `target=Type:id` with commas between several. Ids are `e1`, `e2`, … in the order of the lines.
enum RuleNight {
    static func events(_ log: String) async throws -> EventTable {
        let source = RawBytes(name: "night.ndjson", bytes: Array(text(log).utf8))
        return try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).0
    }

    static func text(_ log: String) -> String {
        log.split(separator: "\n").enumerated().map { event(String($1), id: "e\($0 + 1)") }.joined(separator: "\n")
    }

    private static func event(_ line: String, id: String) -> String {
        let words = line.split(separator: " ").map(String.init), time = words[0].split(separator: "/")
        var values: [String: String] = [:]
        for word in words.dropFirst(5) {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            values[parts[0]] = parts[1].replacing("_", with: " ")
        }
        let day = time.count > 1 ? time[0] : "13"
        let event: JSONValue = [
            "uuid": .string(id), "published": .string("2026-03-\(day)T\(time.last ?? "")Z"),
            "eventType": .string(words[3]),
            "actor": [
                "id": .string("00u" + words[1]), "type": "User", "alternateId": .string(words[1] + "@example.com"),
            ],
            "client": [
                "ipAddress": .string(words[2]), "userAgent": ["rawUserAgent": JSONValue(values["agent"])],
                "geographicalContext": ["country": JSONValue(values["country"])],
            ],
            "outcome": ["result": .string(words[4]), "reason": JSONValue(values["reason"])],
            "authenticationContext": ["externalSessionId": JSONValue(values["session"])],
            "securityContext": ["asNumber": values["asn"].flatMap { Int64($0) }.map(JSONValue.integer) ?? .null],
            "debugContext": [
                "debugData": ["dtHash": JSONValue(values["device"]), "factor": JSONValue(values["factor"])]
            ],
            "transaction": ["detail": ["requestApiTokenId": JSONValue(values["token"])]],
            "target": .array(
                (values["target"] ?? "").split(separator: ",").map { target in
                    let parts = target.split(separator: ":").map(String.init)
                    return [
                        "type": .string(parts[0]), "id": .string(parts[1]),
                        "alternateId": .string(parts[1] + "@example.com"),
                    ]
                }),
        ]
        return event.text
    }

    /// Lines made by number.
    static func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (0..<count).map(line).joined(separator: "\n") + "\n"
    }

    /// `02:00:00` and so many seconds.
    static func clock(_ seconds: Int, hour: Int = 2) -> String {
        [hour + seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(
            separator: ":")
    }

    /// Sign-ins of somebody at the own desk, one a day from the 1st to the 12th.
    static func past(_ who: String, _ rest: String = "country=Germany agent=Mac device=own asn=1") -> String {
        lines(12) { "\($0 < 9 ? "0" : "")\($0 + 1)/08:00:00 \(who) 192.0.2.1 user.session.start SUCCESS \(rest)" }
    }
}

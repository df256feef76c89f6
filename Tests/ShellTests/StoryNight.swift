import Detection
import Events
import Foundation
import Tables

@testable import Investigation
@testable import Shell

/// A night: five failures from Lagos and a success, a help desk that resets factors, and a hostile name.
enum StoryNight {
    static let log = """
        02:00:00 ann 203.0.113.66 Lagos Nigeria user.session.start FAILURE
        02:00:05 ann 203.0.113.66 Lagos Nigeria user.session.start FAILURE
        02:00:10 ann 203.0.113.66 Lagos Nigeria user.session.start FAILURE
        02:00:15 ann 203.0.113.66 Lagos Nigeria user.session.start FAILURE
        02:00:20 ann 203.0.113.66 Lagos Nigeria user.session.start FAILURE
        02:02:00 ann 203.0.113.66 Lagos Nigeria user.session.start SUCCESS
        04:47:00 root>ann 192.0.2.1 Bonn Germany user.mfa.factor.reset_all SUCCESS
        09:00:00 bo\\u001b[31m 192.0.2.7 Łódź Poland user.session.start SUCCESS
        """.split(separator: "\n").enumerated().map { event(String($1), id: "e\($0 + 1)") }.joined(separator: "\n")

    private static func event(_ line: String, id: String) -> String {
        let words = line.split(separator: " "), people = words[1].split(separator: ">")
        let target = people.count < 2 ? "" : #"{"id":"00u\#(people[1])","type":"User","alternateId":"\#(people[1])@example.com"}"#
        return #"""
            {"uuid":"\#(id)","published":"2026-03-13T\#(words[0])Z","eventType":"\#(words[5])","actor":{"id":"00u\#(people[0])",\#
            "type":"User","alternateId":"\#(people[0])@example.com"},"client":{"ipAddress":"\#(words[2])",\#
            "geographicalContext":{"city":"\#(words[3])","country":"\#(words[4])"}},"outcome":{"result":"\#(words[6])"},"target":[\#(target)]}
            """#
    }

    /// What is known when the night was read, and the failed sign-ins were found.
    static func state(_ log: String = log, detected: Bool = true) async throws -> SessionState {
        var state = SessionState()
        let source = RawBytes(name: "night.ndjson", bytes: Array(log.utf8))
        state.events = try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).0
        if detected {
            state.findings = try await Sweep(state.events, with: Detectors.all.filter { $0.id == "failed_login_burst" }).findings
            state.isDetected = true
        }
        return state
    }

    static let morning = Timestamp("2026-03-13T09:00:00Z") ?? Timestamp(ticks: 0)
}

import Connectors
import Diagnostics
import Foundation
import HTTP
import Investigation
import JSON
import Pipeline
import Synchronization
import Testing

/// `escalate`: what is shown, what is sent, and what is kept of it.
struct EscalationTests {
    private static let incident = "40e8e340-f035-5df8-b71f-135d669fd13c"
    private static let all = ["slack", "pagerduty", "webhook"]

    /// Three targets over one transport.
    private static func services(_ transport: StubTransport) -> SessionServices {
        let clock = RetryClock(sleep: { _ in }, now: { 1_795_219_200 })
        return SessionServices(
            escalationTargets: { () throws(Diagnostic) in
                [
                    try SlackWebhook(url: "https://slack.example/services/T00CANARY/B00CANARY"),
                    try PagerDutyEvents(routingKey: "R0CANARY", url: "https://pagerduty.example"),
                    try SignedWebhook(url: "https://hook.example/CANARYPATH", secret: "CANARYSECRET"),
                ]
            }, escalationSender: EscalationSender(transport: transport, retries: RetryPolicy(jitter: { 1 }, clock: clock)))
    }

    /// Answers as each service does, but for those that refuse.
    private static func transport(_ refuses: @escaping @Sendable (String) -> Bool = { _ in false }) -> StubTransport {
        StubTransport { request in
            let target = request.url.contains("//slack.") ? "slack" : request.url.contains("//pagerduty.") ? "pagerduty" : "webhook"
            if refuses(target) { return (403, #"{"message":"no"}"#) }
            return target == "slack" ? (200, "ok") : (202, #"{"message":"Event processed"}"#)
        }
    }

    private func perform(_ operations: [Investigation.Operation], in session: Session, notices: NoticeList = NoticeList()) async throws
        -> OperationResult?
    {
        var last: OperationResult?
        for operation in operations {
            last = try await session.perform(operation, words: [operation.name], watch: notices.watch)
        }
        return last
    }

    private func verify(_ folder: TemporaryFolder) async throws -> Int {
        try await Replay(SavedSession(path: folder.path + "/sessions/test.jsonl")).verify { ModelAnalyst(model: $0) }.compared
    }

    private func send(_ names: [String] = [], again: Bool = false) -> Investigation.Operation {
        .sendEscalations(incidents: names, again: again)
    }

    @Test("Without --send the requests are shown without secrets, and nothing is sent")
    func dry() async throws {
        let folder = try TemporaryFolder(), transport = Self.transport()
        let session = try await session(in: folder, services: Self.services(transport))
        let result = try await perform(steps, in: session)
        try await session.end()
        #expect(transport.lines.isEmpty)
        let requests = result?.json[path: "0.requests"]?.array ?? []
        #expect(requests.map { $0["target"]?.string } == Self.all)
        #expect(requests.map { $0["url"]?.string } == [
            "https://slack.example/[secret]", "https://pagerduty.example/v2/enqueue", "https://hook.example/[secret]",
        ])
        #expect(requests[1]["body"]?.string?.contains(Self.incident) == true)
        #expect(result?.json.text.contains("CANARY") == false)
        let kept = try folder.lines("data/escalations.jsonl").map { try JSONValue(parsing: $0) }
        #expect(kept.map { $0["status"]?.string } == ["dry-run"] && kept[0]["target"]?.isNull == true)
        #expect(try await verify(folder) == steps.count)
    }

    @Test("With --send every target gets it once; --again sends it again; a replay sends nothing")
    func sent() async throws {
        let folder = try TemporaryFolder(), transport = Self.transport(), said = NoticeList()
        let session = try await session(in: folder, services: Self.services(transport))
        let first = try await perform(steps.dropLast() + [send()], in: session)
        #expect(transport.lines == [
            "POST https://slack.example/services/T00CANARY/B00CANARY", "POST https://pagerduty.example/v2/enqueue",
            "POST https://hook.example/CANARYPATH",
        ])
        let records = first?.json.array ?? []
        #expect(records.map { $0["target"]?.string } == Self.all)
        #expect(records.map { $0["sent"]?.bool } == [true, true, true])
        #expect(records.map { $0["status"]?.string } == ["200 ok", "202 Event processed", "202 Event processed"])
        #expect(records[0]["message"]?.string?.hasPrefix("[HIGH] Impossible travel") == true)
        let second = try await perform([.escalate(incidents: []), send()], in: session, notices: said)
        #expect(second?.json.array?.count == 0 && transport.lines.count == 3)
        #expect(said.texts.count { $0.hasPrefix("40e8e340 went to ") && $0.hasSuffix("; --again sends it again") } == 3)
        _ = try await perform([send([Self.incident], again: true)], in: session)
        #expect(transport.lines.count == 6)
        try await session.end()
        #expect(try await verify(folder) == steps.count + 3)
        #expect(transport.lines.count == 6)
        for file in ["data/escalations.jsonl", "sessions/test.jsonl"] { #expect(try !folder.text(file).contains("CANARY")) }
    }

    @Test("A target that refuses does not keep the others from theirs, and is tried the next time, also in another session")
    func refused() async throws {
        let folder = try TemporaryFolder()
        let transport = Self.transport { $0 == "pagerduty" }
        let session = try await session(in: folder, services: Self.services(transport))
        guard case .escalations(let outcome)? = try await perform(steps.dropLast() + [send()], in: session) else {
            Issue.record("no escalations")
            return
        }
        #expect(outcome.results.map(\.sent) == [true, false, true])
        #expect(outcome.failure?.problem
            == "1 of 3 notifications were not taken: PagerDuty refused the notification (status 403): no")
        #expect(outcome.failure?.kind == .unavailable)
        try await session.end()
        #expect(try await verify(folder) == steps.count)
        let other = Self.transport()
        let second = try await InvestigationTests.session("two", in: folder, services: Self.services(other))
        _ = try await perform(steps.dropLast() + [send()], in: second)
        #expect(other.lines == ["POST https://pagerduty.example/v2/enqueue"])
    }

    @Test("What cannot be sent is refused before anything leaves, and a replay refuses alike", arguments: [
        (true, "this session is offline, so nothing is sent"), (false, "no target for notifications is set up"),
    ])
    func refusedBefore(isOffline: Bool, problem: String) async throws {
        let folder = try TemporaryFolder(), transport = Self.transport()
        var services = Self.services(transport)
        if isOffline { services.escalationSender = nil } else { services.escalationTargets = { [] } }
        let session = try await session(in: folder, services: services)
        let fault = await #expect(throws: Diagnostic.self) { _ = try await perform(steps + [send()], in: session) }
        #expect(fault?.problem == problem && fault?.kind == .unavailable)
        try await session.end()
        #expect(transport.lines.isEmpty)
        #expect(try await verify(folder) == steps.count + 1)
    }

    @Test("An incident that is judged harmless is not sent")
    func harmless() async throws {
        let transport = Self.transport(), said = NoticeList()
        let session = try await session(in: try TemporaryFolder(), services: Self.services(transport))
        let judge = Investigation.Operation.verdict(subject: Self.incident, is: "benign", reason: nil)
        _ = try await perform(steps + [judge, send()], in: session, notices: said)
        #expect(transport.lines.isEmpty)
        #expect(said.texts.contains("incident 40e8e340 is not escalated: its verdict is benign"))
    }
}

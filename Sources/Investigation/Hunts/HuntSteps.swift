internal import Connectors
internal import Diagnostics
internal import Hunting
internal import JSON
internal import Synchronization

/// The steps of a hunt that reach out of the program: of a live session to the user and to a service, of a replay to
/// the record, so that the way between them is one and the same.
struct HuntSteps: Sendable {
    /// What messages call the service; `nil` for a local hunt.
    let service: String?
    /// Whether a model must not see names as they are.
    let hidesNames: Bool
    let decide: @Sendable (HuntProposal) async throws -> HuntDecision
    let rows: @Sendable (HuntQuery) async throws -> RemoteRows
}

/// The rows of a service, and why some may be missing.
struct RemoteRows: Sendable {
    let rows: HuntRows
    let notes: [String]
}

/// What a `service_call` record of a hunt is about.
enum HuntStep: String {
    case begin, review, rows
    /// The service could not be asked, or gave no rows.
    case failure
}

// MARK: Live

extension HuntSteps {
    /// Over a service, or without one. What each step gave is in the transcript before the next one begins.
    init(
        _ place: Hunt.Place, _ engine: (any RemoteEngine)?, hidesNames: Bool, transcript: Transcript,
        watch: Session.Watch
    ) async throws {
        let note = { @Sendable (step: HuntStep, members: [JSONValue.Member]) async throws in
            let head = [
                JSONValue.Member("service", .string(place.rawValue)), JSONValue.Member("step", .string(step.rawValue)),
            ]
            try await transcript.append(.serviceCall, head + members)
        }
        service = engine?.name
        self.hidesNames = hidesNames
        try await note(.begin, [
            JSONValue.Member("name", JSONValue(engine?.name)), JSONValue.Member("hides_names", .bool(hidesNames)),
        ])
        decide = { proposal in
            let decision = await watch.review(proposal)
            try await note(.review, [JSONValue.Member("shown", proposal.plan.json)] + decision.members)
            return decision
        }
        rows = { query in
            guard let engine else { throw Self.incomplete }
            let range = query.range, table: RemoteTable
            watch.onWait("asking \(engine.name)")
            defer { watch.onWait(nil) }
            do { table = try await engine.run(query.bounded, over: .between(range.from, range.until)) } catch {
                if let fault = error as? Diagnostic { try await Self.keep(fault, of: place, in: transcript) }
                throw error
            }
            let rows = RemoteRows(table, limit: query.rows)
            try await note(.rows, rows.members)
            return rows
        }
    }
}

extension HuntSteps {
    /// Keeps why a service gave nothing, for a command that goes on without it.
    static func keep(_ fault: Diagnostic, of place: Hunt.Place, in transcript: Transcript) async throws {
        try await transcript.append(
            .serviceCall,
            [
                JSONValue.Member("service", .string(place.rawValue)),
                JSONValue.Member("step", .string(HuntStep.failure.rawValue)), JSONValue.Member("error", fault.record),
            ])
    }
}

// MARK: Recorded

extension HuntSteps {
    /// From the record of a command: each step gives what it gave, and one that gave nothing fails as the command did.
    ///
    /// - Throws: What the command failed with before its first step.
    init(recorded: Exchange) throws {
        let calls = { @Sendable (step: HuntStep) in
            recorded.serviceCalls.filter { $0["step"]?.string == step.rawValue }
        }
        let failure = calls(.failure).first?["error"].map(Diagnostic.init(record:))
        guard let begin = calls(.begin).first else { throw failure ?? recorded.fault ?? Self.incomplete }
        service = begin["name"]?.string
        hidesNames = begin["hides_names"]?.bool ?? false
        let reviews = Mutex(calls(.review)[...])
        decide = { proposal in
            guard let call = reviews.withLock({ $0.popFirst() }) else { throw recorded.fault ?? Self.incomplete }
            guard call["shown"] == proposal.plan.json, let decision = HuntDecision(json: call) else {
                throw Diagnostic(
                    "another query is shown than the recorded one", remedy: "Compare both", kind: .difference)
            }
            return decision
        }
        rows = { _ in
            guard let call = calls(.rows).first else { throw failure ?? recorded.fault ?? Self.incomplete }
            return RemoteRows(json: call)
        }
    }

    private static let incomplete = Diagnostic(
        "the record of the hunt is not complete", remedy: "The session file was changed, or is of another version")
}

// MARK: Rows

extension RemoteRows {
    /// The first rows of an answer; what is missing is told.
    init(_ table: RemoteTable, limit: Int) {
        let columns = table.columns.map { (name: $0.name, type: $0.type == .unknown ? "dynamic" : $0.type.rawValue) }
        let isFull = table.rows.count >= limit
        rows = HuntRows(
            columns: columns, rows: Array(table.rows.prefix(limit)), isTruncated: isFull || !table.isComplete)
        notes = (table.incomplete + table.notices).map(\.inOneLine)
            + (isFull ? ["there are \(limit) rows, the most that a hunt reads, and there may be more"] : [])
    }

    /// As a `service_call` record keeps them.
    var members: [JSONValue.Member] {
        [
            JSONValue.Member("columns", rows.columnsJSON),
            JSONValue.Member("rows", .array(rows.rows.map { .array($0) })),
            JSONValue.Member("truncated", .bool(rows.isTruncated)), JSONValue.Member("notes", JSONValue(notes)),
        ]
    }

    /// Reads ``members``.
    init(json: JSONValue) {
        let columns = (json["columns"]?.array ?? []).map { column in
            (name: column["name"]?.string ?? "", type: column["type"]?.string ?? "dynamic")
        }
        rows = HuntRows(
            columns: columns, rows: (json["rows"]?.array ?? []).map { $0.array ?? [] },
            isTruncated: json["truncated"]?.bool ?? false)
        notes = json["notes"]?.strings ?? []
    }
}

extension HuntRows {
    /// `{"name","type"}` of each column.
    var columnsJSON: JSONValue {
        .array(columns.map { ["name": .string($0.name), "type": .string($0.type)] })
    }
}

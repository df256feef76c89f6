internal import Diagnostics
internal import JSON
internal import Models
internal import Pipeline
internal import Prompts

extension HuntAnalyst {
    /// Characters of one value that a model is shown, and of one text that is kept of its reply.
    private static let valueLimit = 600, textLimit = 600
    /// Findings that are kept of one reply.
    private static let findingLimit = 30

    /// What a model finds in the rows, chunk by chunk.
    func asked(
        _ model: any LanguageModel, _ rows: HuntRows, _ plan: HuntPlan
    ) async throws(Diagnostic) -> (findings: [HuntFinding], notes: [String]) {
        let chunks = HuntChunks(rows, budget: budget, valueLimit: Self.valueLimit)
        var findings: [HuntFinding] = [], notes: [String] = []
        for chunk in chunks.chunks.prefix(Self.chunkLimit) {
            let reply = try await reply(of: model, to: request(chunk, plan))
            let checked = HuntReplyCheck(rows: rows, shown: Set(chunk.rows)).findings(reply)
            findings += checked.findings
            notes += checked.notes
        }
        let unseen = chunks.chunks.dropFirst(Self.chunkLimit).reduce(0) { $0 + $1.rows.count }
        if unseen > 0 { notes.append("\(unseen) of \(rows.count) rows were not shown to the model") }
        return (findings, notes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
    }

    private func request(_ chunk: HuntChunks.Chunk, _ plan: HuntPlan) throws(Diagnostic) -> ModelRequest {
        let evidence: JSONValue = [
            "question": .string(plan.question.visible(limit: 1000)), "query": .string(plan.query.text.visibleLines),
            "range": .string(plan.query.range.timespan), "rows": chunk.json,
        ]
        return ModelRequest(
            purpose: "hunt_analysis",
            messages: [
                ChatMessage(.system, try prompts.text(.huntAnalysis)),
                ChatMessage(.user, EvidenceFence.block(evidence, nonce: nonce())),
            ], schema: Self.form)
    }

    private func reply(of model: any LanguageModel, to request: ModelRequest) async throws(Diagnostic) -> [JSONValue] {
        let repair = try prompts.text(.repair)
        do {
            return try await model.structured(
                request, repairPrompt: { repair.replacing("{reason}", with: $0.visible(limit: 300)) },
                decode: { json throws(Diagnostic) in
                    guard let findings = json["findings"]?.array else {
                        throw Diagnostic(
                            "the reply has no array `findings`", remedy: "Give one, empty where nothing is found")
                    }
                    return Array(findings.prefix(Self.findingLimit))
                }
            ).value
        } catch let error as Diagnostic {
            throw error
        } catch {
            if error is CancellationError || Task.isCancelled { throw .interrupted }
            throw Diagnostic("the model could not be asked", remedy: "Check the model's address", kind: .unavailable)
        }
    }

    private static let form: ReplySchema = {
        let text: JSONValue = ["type": "string"]
        let texts: JSONValue = ["type": "array", "items": text]
        let finding: JSONValue = [
            "type": "object",
            "properties": [
                "title": text, "description": text,
                "confidence": ["type": "string", "enum": JSONValue(HuntFinding.Confidence.allCases.map(\.rawValue))],
                "attack": texts, "rows": ["type": "array", "items": ["type": "integer"]], "indicators": texts,
                "recommendation": [
                    "type": "string", "enum": JSONValue(HuntFinding.Recommendation.allCases.map(\.rawValue)),
                ],
            ],
            "required": ["title", "description", "confidence", "attack", "rows", "indicators", "recommendation"],
            "additionalProperties": false,
        ]
        return ReplySchema(
            name: "hunt_analysis",
            schema: [
                "type": "object", "properties": ["findings": ["type": "array", "items": finding]],
                "required": ["findings"], "additionalProperties": false,
            ])
    }()
}

/// Rows in portions that fit a budget.
struct HuntChunks {
    /// Some rows, with their numbers.
    struct Chunk {
        let rows: [Int]
        /// `[{"row":0,…}]`.
        let json: JSONValue
    }

    private(set) var chunks: [Chunk] = []

    /// - Parameter budget: Characters of a portion; a row that is longer by itself has one of its own.
    init(_ rows: HuntRows, budget: Int, valueLimit: Int) {
        var numbers: [Int] = [], objects: [JSONValue] = [], size = 0
        for row in 0..<rows.count {
            var object = rows.object(row, textLimit: valueLimit)
            if object.text.utf8.count > budget {
                object = rows.object(row, textLimit: max(20, budget / max(1, rows.columns.count * 2)))
            }
            let members = [JSONValue.Member("row", .integer(Int64(row)))] + (object.members ?? [])
            let length = object.text.utf8.count
            if size + length > budget, !numbers.isEmpty {
                chunks.append(Chunk(rows: numbers, json: .array(objects)))
                (numbers, objects, size) = ([], [], 0)
            }
            numbers.append(row)
            objects.append(.object(members))
            size += length
        }
        if !numbers.isEmpty { chunks.append(Chunk(rows: numbers, json: .array(objects))) }
    }
}

internal import JSON
internal import Models

/// One call of a model, as it stands beside the request and the reply in the transcript.
struct BudgetedCall {
    /// The model that was asked, or would have been.
    var model: String
    /// Tokens of the request, estimated; `nil` when it came to no estimate.
    var estimate: Int?
    /// Whether anything was sent.
    var isSent = false
    /// What was answered to the question whether to go on, where it was asked.
    var decision: String?
    /// What it cost, where there is a tariff.
    var cost: ModelCost?

    /// The members of a `model_call` record.
    var members: [JSONValue.Member] {
        [
            JSONValue.Member("model", .string(model)),
            JSONValue.Member("estimate", estimate.map { .integer(Int64($0)) } ?? .null),
            JSONValue.Member("sent", .bool(isSent)), JSONValue.Member("decision", JSONValue(decision)),
            JSONValue.Member("cost", cost?.json ?? .null),
        ].filter { !$0.value.isNull }
    }
}

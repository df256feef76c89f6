/// What a question wants to know. The first intent whose phrase stands in the question counts.
enum Intent: CaseIterable {
    case next, why, count, rank, severity, when, whereFrom, who, aftermath, check, list, summary

    /// The words that show it, in lower case; a phrase of several words must stand together, and those of ``check``
    /// at the beginning.
    var phrases: [String] {
        switch self {
        case .next:
            [
                "what next", "what now", "next step", "next steps", "should i", "should we", "what to do", "do next",
                "do now", "recommend", "recommended", "respond", "contain", "what can i do", "how do i", "remediate",
            ]
        case .why: ["why", "explain", "reason", "reasons", "what makes", "how come"]
        case .count: ["how many", "how often", "count", "counts", "number of", "total", "how much"]
        case .rank: ["top", "most", "busiest", "noisiest", "highest", "common", "frequent", "worst"]
        case .severity:
            ["how bad", "how serious", "how severe", "how dangerous", "how risky", "risk", "score", "severity"]
        case .when:
            [
                "when", "what time", "first seen", "last seen", "how long", "what day", "which day", "start", "started",
                "begin",
            ]
        case .whereFrom:
            ["where", "where's", "what country", "which place", "which location", "location", "locations", "places"]
        case .who: ["who", "whom", "whose", "who's"]
        case .aftermath:
            ["success after", "succeed after", "succeeded after", "success follow", "then succeed", "get in"]
        case .check:
            [
                "did", "was", "were", "is", "are", "has", "have", "had", "does", "do", "can", "could", "any",
                "anything", "anyone", "anybody", "will", "should",
            ]
        case .list: ["list", "show", "which", "what", "what's", "give", "find", "display", "name"]
        case .summary:
            [
                "summarise", "summarize", "summary", "overview", "what happened", "what's happening", "whats happening",
                "tell me about", "going on", "describe", "story", "report", "brief", "recap", "what do you know",
                "status", "what did", "what has", "what was", "doing", "up to", "who is", "who's", "who was",
                "more about",
            ]
        }
    }

    /// The order in which intents are tried: the more particular first.
    static let order: [Intent] = [
        .next, .why, .aftermath, .count, .rank, .severity, .summary, .when, .whereFrom, .who, .check, .list,
    ]

    /// The intent of words that are joined and framed by single spaces.
    static func of(_ words: String) -> Intent? {
        order.first { intent in
            intent.phrases.contains { intent == .check ? words.hasPrefix(" \($0) ") : words.contains(" \($0) ") }
        }
    }
}

/// A result that a question limits itself to.
enum OutcomeWord: CaseIterable {
    case failure, success

    var words: Set<String> {
        switch self {
        case .failure:
            [
                "fail", "fails", "failed", "failing", "failure", "failures", "unsuccessful", "denied", "rejected",
                "blocked",
            ]
        case .success:
            [
                "success", "successes", "successful", "successfully", "succeed", "succeeded", "succeeds", "allowed",
                "worked",
            ]
        }
    }

    /// The values of `outcome.result` that are meant.
    var results: [String] {
        switch self {
        case .failure: ["FAILURE", "DENY"]
        case .success: ["SUCCESS", "ALLOW"]
        }
    }

    /// In front of a plural noun.
    var adjective: String {
        switch self {
        case .failure: "failed"
        case .success: "successful"
        }
    }
}

import Diagnostics
import Investigation
import Models

/// What one command spent, in one line: `in 1,204 out 311 tokens · 6.0 s · gpt-oss-20b @ localhost:1234`.
struct UsageText {
    /// `nil` when no model gave a reply.
    let line: String?

    init(_ usage: ModelUsage, endpoint: String?) {
        guard usage.tokens > 0 else {
            line = nil
            return
        }
        let tokens = "in \(usage.tokensIn.grouped) out \(usage.tokensOut.grouped) tokens"
        let models = usage.models.map(\.visible).joined(separator: ", ") + (endpoint.map { " @ \($0.visible)" } ?? "")
        let parts = [(usage.isEstimated ? "about " : "") + tokens, Duration.seconds(usage.seconds).brief]
        line = (parts + usage.costs.map(SpendingText.money) + [models]).joined(separator: " · ")
    }
}

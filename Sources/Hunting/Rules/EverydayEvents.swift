internal import KQL

/// What happens all day long, so that nobody wants an alert for it.
enum EverydayEvents {
    /// Kinds of events by Okta's catalogue and Defender's action types, and results that mean success.
    private static let values: [String: Set<String>] = {
        let kinds: Set<String> = [
            "user.session.start", "user.session.end", "user.authentication.sso", "user.authentication.verify",
            "user.authentication.auth_via_mfa", "policy.evaluate_sign_on", "logonsuccess", "logonattempted",
            "connectionsuccess", "connectionattempt", "processcreated", "filecreated", "filemodified",
        ]
        let results: Set<String> = ["success", "allow", "0"]
        return [
            "eventType": kinds, "EventOriginalType": kinds, "eventType_s": kinds, "ActionType": kinds,
            "outcome_result": results, "OriginalOutcomeResult": results, "outcome_result_s": results,
            "ResultType": results, "Result": results,
        ]
    }()

    static func isEveryday(_ condition: QueryCondition) -> Bool {
        guard case .test(let test) = condition, let known = values[test.column],
            ["==", "=~", "in", "in~"].contains(test.operation)
        else { return false }
        return test.values.allSatisfy { value in
            if case .text(let text) = value { known.contains(text.lowercased()) } else { false }
        }
    }
}

public import Diagnostics
public import Tables

/// Where notices go: ``SlackWebhook``, ``PagerDutyEvents`` or ``SignedWebhook``.
public protocol EscalationTarget: Sendable {
    /// `slack`, `pagerduty` or `webhook`: for records, which never hold the address.
    var name: String { get }

    /// The request for a notice; the same parts make the same request. Nothing is sent.
    ///
    /// - Parameter now: The time that a signed request states.
    /// - Throws: A `Diagnostic` for an incident below high, one without an id, and a link that is no https URL.
    func request(for notice: EscalationNotice, at now: Timestamp) throws(Diagnostic) -> EscalationRequest
}

/// A notification, ready to be shown and sent.
public struct EscalationRequest: Sendable {
    /// The ``EscalationTarget/name`` of its target.
    public let target: String
    /// The incident that it is about.
    public let incidentID: String
    /// What is sent, byte for byte but for the secrets.
    public let http: PreparedRequest
    let service: EscalationService
}

/// A notification that a service took.
public struct EscalationReceipt: Hashable, Sendable {
    /// The ``EscalationTarget/name`` of the target.
    public let target: String
    /// The status of the answer: 200, or 202 from PagerDuty.
    public let status: Int
    /// How often the request was sent until it was taken.
    public let attempts: Int
    /// What the service said, safe to show: in one line, without secrets, cut; may be empty.
    public let words: String
}

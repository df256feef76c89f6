internal import Events
internal import JSON

/// A change to a policy, zone, log stream or hook, and the call that takes it back.
///
/// What was switched off is switched on again; what was changed can only be looked at, as the log seldom has the old
/// state; what was deleted has to be made anew by hand. Names from Okta's event catalogue, release 2026.08.1.
struct DefenceChange {
    enum Kind: Hashable { case switchedOff, changed, deleted }

    /// How one kind of object is called in the log and in paths.
    struct Object: Hashable {
        let path: String
        /// Whose ids the path needs, in its order.
        let placeholders: [String]
        let scope: String

        static let policy = Object(
            path: "/api/v1/policies/{policyId}", placeholders: ["policyId"], scope: "okta.policies")
        static let rule = Object(
            path: "/api/v1/policies/{policyId}/rules/{ruleId}", placeholders: ["policyId", "ruleId"],
            scope: "okta.policies")
        static let zone = Object(path: "/api/v1/zones/{zoneId}", placeholders: ["zoneId"], scope: "okta.networkZones")
        static let logStream = Object(
            path: "/api/v1/logStreams/{logStreamId}", placeholders: ["logStreamId"], scope: "okta.logStreams")
        static let hook = Object(
            path: "/api/v1/eventHooks/{eventHookId}", placeholders: ["eventHookId"], scope: "okta.eventHooks")
        static let threatInsight = Object(
            path: "/api/v1/threats/configuration", placeholders: [], scope: "okta.threatInsights")
    }

    private static let known: [String: (Object, Kind)] = [
        "policy.lifecycle.deactivate": (.policy, .switchedOff), "policy.lifecycle.update": (.policy, .changed),
        "policy.lifecycle.delete": (.policy, .deleted), "policy.rule.deactivate": (.rule, .switchedOff),
        "policy.rule.update": (.rule, .changed), "policy.rule.delete": (.rule, .deleted),
        "application.policy.sign_on.update": (.policy, .changed),
        "application.policy.sign_on.rule.delete": (.rule, .deleted), "zone.deactivate": (.zone, .switchedOff),
        "network_zone.rule.disabled": (.zone, .switchedOff), "zone.update": (.zone, .changed),
        "zone.remove_blacklist": (.zone, .changed), "security.zone.remove_blacklist": (.zone, .changed),
        "zone.delete": (.zone, .deleted), "system.log_stream.lifecycle.deactivate": (.logStream, .switchedOff),
        "system.log_stream.lifecycle.update": (.logStream, .changed),
        "system.log_stream.lifecycle.delete": (.logStream, .deleted), "event_hook.deactivated": (.hook, .switchedOff),
        "event_hook.updated": (.hook, .changed), "event_hook.deleted": (.hook, .deleted),
        "security.threat.configuration.update": (.threatInsight, .changed),
    ]

    let object: Object
    let kind: Kind
    /// Checked ids by placeholder.
    let values: [String: String]
    /// The event that made the change, where its id is safe to show.
    let event: String?

    /// Whether events of a type take a defence down or change it.
    static func isChange(_ eventType: String) -> Bool { known[eventType] != nil }

    /// The change that an event is; `nil` for any other event.
    init?(_ event: OktaEvent) {
        guard let (object, kind) = event.eventType.flatMap({ Self.known[$0] }) else { return nil }
        self.object = object
        self.kind = kind
        self.event = OktaRequest.login(event.id)
        let targets = (event.value(at: "target")?.array ?? []).map { target in
            (type: target["type"]?.string ?? "", id: OktaRequest.objectID(target["id"]?.string))
        }
        let rule = targets.first { $0.type.hasSuffix("Rule") }?.id
        let other = targets.first { !$0.type.hasSuffix("Rule") && $0.type != "User" }?.id
        let values = object == .rule
            ? ["ruleId": rule, "policyId": other] : [object.placeholders.first ?? "": other ?? rule]
        self.values = values.compactMapValues { $0 }.filter { !$0.key.isEmpty }
    }

    /// The call that takes it back, or shows the state; `nil` for what was deleted.
    var call: StepCall? {
        switch kind {
        case .deleted: nil
        case .changed: StepCall(reading: object.path, scope: object.scope + ".read")
        case .switchedOff:
            StepCall(
                OktaRequest("POST", object.path + "/lifecycle/activate"), .reversible, scope: object.scope + ".manage",
                undo: .request(OktaRequest("POST", object.path + "/lifecycle/deactivate")),
                verify: OktaRequest("GET", object.path))
        }
    }

    /// What people call it: `policy 00p…, rule 0pr…`, of ids that were checked.
    var shown: String {
        object.placeholders.isEmpty
            ? "ThreatInsight"
            : object.placeholders.map { name in
                let noun = [
                    "policyId": "policy", "ruleId": "rule", "zoneId": "network zone", "logStreamId": "log stream",
                    "eventHookId": "event hook",
                ][name] ?? name
                return noun + " " + (values[name] ?? "{\(name)}")
            }.joined(separator: ", ")
    }

    /// What its call does.
    var deed: String {
        kind == .changed ? "See the state of what was changed" : "Switch on again what was switched off"
    }

    /// What to know about it.
    var note: String {
        let origin = event.map { "Event \($0)" } ?? "An event of the incident"
        return switch kind {
        case .switchedOff: "\(origin) switched it off. It worked when the check shows \"status\":\"ACTIVE\"."
        case .changed:
            "\(origin) changed it. Compare with the event's `target`, whose `changeDetails` may hold the old state, "
                + "and set it back by hand."
        case .deleted: "\(origin) deleted it: it has to be made anew."
        }
    }
}

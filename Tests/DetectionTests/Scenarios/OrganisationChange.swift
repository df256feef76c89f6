/// A change to the organisation's own settings.
enum OrganisationChange {
    /// A policy's rule gets another name or group.
    case policyRule(from: String, to: String)
    /// A rule asks for one factor instead of two.
    case weakenedRule(String)
    /// A rule that nobody needs any more is switched off.
    case tidiedRule(String)
    /// A network zone gets another range.
    case zone(String)
    case zoneOff(String)
    case zoneGone(String)
    case logStreamOff(String)
    case application(String)
    /// An identity provider's certificate is replaced.
    case certificate(String)
    case role(String)
    case token(String)
}

extension SystemLog {
    /// - Parameter helped: Who gets a role.
    mutating func change(_ change: OrganisationChange, in session: Session, for helped: Account, at time: Int) {
        switch change {
        case .policyRule(let from, let to):
            let details = #","changeDetails":{"from":{"name":"\#(from)"},"to":{"name":"\#(to)"}}"#
            update(rule: to, details, in: session, at: time)
        case .weakenedRule(let name): update(rule: name, Self.weaker, in: session, at: time)
        case .tidiedRule(let name):
            act(.policyRuleAdd, in: session, on: [target("PolicyRule", name + " (new)")], at: time - Clock.minute)
            act(.policyRuleDeactivate, in: session, on: [target("PolicyRule", name)], at: time)
        case .zone(let name): act(.zoneUpdate, in: session, on: [target("NetworkZone", name)], at: time)
        case .zoneOff(let name): act(.zoneDeactivate, in: session, on: [target("NetworkZone", name)], at: time)
        case .zoneGone(let name): act(.zoneDelete, in: session, on: [target("NetworkZone", name)], at: time)
        case .logStreamOff(let name): act(.logStreamDeactivate, in: session, on: [target("LogStream", name)], at: time)
        case .application(let name): act(.applicationUpdate, in: session, on: [target("AppInstance", name)], at: time)
        case .certificate(let name):
            act(.identityProviderUpdate, in: session, on: [target("IdentityProvider", name)], at: time)
        case .role(let name):
            act(.privilegeGrant, in: session, on: [helped.json], at: time, debug: [("privilegeGranted", name)])
        case .token(let name): act(.tokenCreate, in: session, on: [target("Token", name)], at: time)
        }
    }

    private mutating func update(rule: String, _ details: String, in session: Session, at time: Int) {
        let targets = [target("PolicyRule", rule, details), target("PolicyEntity", "Any two factors")]
        act(.policyRuleUpdate, in: session, on: targets, at: time)
    }

    /// Two factors before, one after, as an app sign-on rule of the management API has them.
    private static let weaker = """
        ,"changeDetails":{"from":{"actions":{"appSignOn":{"access":"ALLOW","verificationMethod":{"factorMode":"2FA",\
        "type":"ASSURANCE"}}}},"to":{"actions":{"appSignOn":{"access":"ALLOW","verificationMethod":{"factorMode":"1FA",\
        "type":"ASSURANCE"}}}}}
        """

    /// A target with an id of its own name, the same each time it is named.
    func target(_ type: String, _ name: String, _ details: String = "") -> String {
        let id = "0" + name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return
            "{\"id\":\"\(id)\",\"type\":\"\(type)\",\"alternateId\":\"unknown\",\"displayName\":\"\(name)\",\"detailEntry\":null\(details)}"
    }
}

/// The types of events that the scenario writes. Names are those of Okta's catalogue of event types.
enum EventType: String {
    case policyEvaluation = "policy.evaluate_sign_on"
    case pushSent = "system.push.send_factor_verify_push"
    case factorVerified = "user.authentication.auth_via_mfa"
    case pushDenied = "user.mfa.okta_verify.deny_push"
    case sessionStart = "user.session.start"
    case sessionEnd = "user.session.end"
    case singleSignOn = "user.authentication.sso"
    case viaIdentityProvider = "user.authentication.auth_via_IDP"
    case viaRADIUS = "user.authentication.auth_via_radius"
    case consoleAccess = "user.session.access_admin_app"
    case accessToken = "app.oauth2.token.grant.access_token"
    case accountLock = "user.account.lock"
    case accountUnlock = "user.account.unlock_by_admin"
    case passwordReset = "user.account.reset_password"
    case passwordUpdate = "user.account.update_password"
    case profileUpdate = "user.account.update_profile"
    case privilegeGrant = "user.account.privilege.grant"
    case factorActivate = "user.mfa.factor.activate"
    case factorDeactivate = "user.mfa.factor.deactivate"
    case factorResetAll = "user.mfa.factor.reset_all"
    case deviceEnrolment = "device.enrollment.create"
    case deviceAdd = "device.user.add"
    case userCreate = "user.lifecycle.create"
    case userActivate = "user.lifecycle.activate"
    case userDeactivate = "user.lifecycle.deactivate"
    case groupMemberAdd = "group.user_membership.add"
    case groupMemberRemove = "group.user_membership.remove"
    case applicationUpdate = "application.lifecycle.update"
    case applicationMemberAdd = "application.user_membership.add"
    case policyRuleUpdate = "policy.rule.update"
    case policyRuleDeactivate = "policy.rule.deactivate"
    case policyRuleAdd = "policy.rule.add"
    case zoneUpdate = "zone.update"
    case zoneDeactivate = "zone.deactivate"
    case zoneDelete = "zone.delete"
    case logStreamDeactivate = "system.log_stream.lifecycle.deactivate"
    case tokenCreate = "system.api_token.create"
    case identityProviderCreate = "system.idp.lifecycle.create"
    case identityProviderActivate = "system.idp.lifecycle.activate"
    case identityProviderUpdate = "system.idp.lifecycle.update"
    case threatSettings = "security.threat.configuration.update"

    /// Something like `displayMessage`, of which nothing here depends.
    var message: String { rawValue.split { $0 == "." || $0 == "_" }.joined(separator: " ") }
}

/// Who acts, or whom something is done to.
struct Account: Hashable {
    let id: String
    let login: String
    let name: String
    var type = "User"

    /// As `actor`, and as a `target`.
    var json: String {
        "{\"id\":\"\(id)\",\"type\":\"\(type)\",\"alternateId\":\"\(login)\",\"displayName\":\"\(name)\",\"detailEntry\":null}"
    }
}

/// What one event says that the next may not.
struct ScenarioEntry {
    var type: EventType
    /// Milliseconds since 1970.
    var time: Int
    var actor: Account
    var source: Source
    var device: Device
    var result = "SUCCESS"
    var reason: String?
    var session: String?
    var root: String?
    /// JSON each.
    var targets: [String] = []
    /// Names and texts of `debugContext.debugData`.
    var debug: [(String, String)] = []
    var credential: String?
    var tokenID: String?
    var clientID: String?
}

extension ScenarioEntry {
    /// The event as the System Log API writes it. Fields and their nulls are those of Okta's specification of
    /// `LogEvent`; `device` and `rootSessionId` are sent by real organisations though it does not list them.
    func json(uuid: String, transaction: String) -> String {
        let isWarning = result == "FAILURE" || result == "DENY"
        return """
            {"actor":\(actor.json),"client":{"userAgent":\(device.agentJSON),"zone":"null","device":"\(device.form)",\
            "id":\(text(clientID)),"ipAddress":"\(source.address)","geographicalContext":\(source.geographicalContext)},\
            "device":\(deviceJSON),"authenticationContext":{"authenticationProvider":null,"credentialProvider":null,\
            "credentialType":\(text(credential)),"issuer":null,"interface":null,"authenticationStep":0,\
            "rootSessionId":\(text(root)),"externalSessionId":\(text(session))},\
            "displayMessage":"\(type.message)","eventType":"\(type.rawValue)",\
            "outcome":{"result":"\(result)","reason":\(text(reason))},"published":"\(Clock.text(time))",\
            "securityContext":\(source.securityContext),"severity":"\(isWarning ? "WARN" : "INFO")",\
            "debugContext":{"debugData":{\(debugJSON)}},"legacyEventType":null,\
            "transaction":{"type":"WEB","id":"\(transaction)","detail":{\(tokenJSON)}},"uuid":"\(uuid)","version":"0",\
            "request":{"ipChain":[{"ip":"\(source.address)","version":"\(source.address.contains(":") ? "V6" : "V4")",\
            "source":null}]},"target":\(targets.isEmpty ? "null" : "[\(targets.joined(separator: ","))]")}
            """
    }

    private var tokenJSON: String { tokenID.map { "\"requestApiTokenId\":\"\($0)\"" } ?? "" }

    private var deviceJSON: String {
        guard let id = device.id else { return "null" }
        return "{\"id\":\"\(id)\",\"name\":\"\(device.form)\",\"managed\":true,\"registered\":true}"
    }

    private var debugJSON: String {
        var members = debug
        if let hash = device.deviceHash { members.append(("dtHash", hash)) }
        members.append(("deviceFingerprint", device.fingerprint))
        members.append(("threatSuspected", "false"))
        return members.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
    }

    private func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
}

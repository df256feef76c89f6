internal import Detection
internal import Events
internal import JSON

// Subjects that are no accounts: addresses, tokens, identity providers, devices, factors, roles, defences.
extension CommandAims {
    /// Addresses that one zone blocks.
    private static let addressLimit = 100

    /// The attack's addresses in one zone, without those that people share. A zone for each would soon be too many.
    var addresses: CommandSubject? {
        let common = Set(incident.metadata["shared_ips"]?.strings ?? [])
        let attacks = findings.map(\.finding).filter { Play(for: $0).steps.contains(.blockIP) }
        let all = distinctTexts((attacks.isEmpty ? findings.map(\.finding) : attacks).flatMap(attackAddresses))
        let open = all.filter { !common.contains($0) }.compactMap { OktaRequest.network($0) }.prefix(Self.addressLimit)
        guard !open.isEmpty, let call = CanonicalStep.blockIP.card.call else { return nil }
        let body: JSONValue = [
            "type": "IP", "name": .string("Watchfloor \(incident.id.prefix(8))"), "status": "ACTIVE",
            "usage": "BLOCKLIST", "gateways": .array(open.map { ["type": "CIDR", "value": .string($0)] }),
        ]
        let request = OktaRequest(call.request.method, call.request.path, body: body)
        let left = all.filter(common.contains).compactMap { OktaRequest.address($0) }
        return CommandSubject(
            listed(open.map { String($0) }, limit: 3),
            call: StepCall(request, call.effect, scope: call.scope, undo: call.undo, verify: call.verify),
            notes: left.isEmpty ? [] : ["Left out, as several accounts sign in from there: \(listed(left, limit: 5))."])
    }

    /// Where an attack came from; not the place of a sign-in that came from elsewhere.
    private func attackAddresses(_ finding: DetectionFinding) -> [String] {
        let own = finding.metadata["from_attacker"]?.bool == false ? finding.metadata["success_ip"]?.string : nil
        return (finding.metadata["ips"]?.strings ?? []).filter { $0 != own }
    }

    /// Tokens that findings are about, and those that were made in the incident.
    var tokens: [CommandSubject] {
        let named = findings.compactMap { OktaRequest.objectID($0.finding.metadata["token"]?.string) }
        let made = rows { ["system.api_token.create", "system.api_token.enable"].contains($0) }
        return objects("apiTokenId", named, made) { $0.contains("Token") }
    }

    var providers: [CommandSubject] {
        let named = findings.compactMap { OktaRequest.objectID($0.finding.metadata["provider"]?.string) }
        let changed = rows { CanonicalStep.answers(to: $0).contains(.deactivateIdP) }
        return objects("idpId", named, named.isEmpty ? changed : []) {
            !["User", "Key", "AppInstance"].contains($0)
        }
    }

    var devices: [CommandSubject] {
        let named = findings.compactMap { OktaRequest.objectID($0.finding.metadata["device"]?.string) }
        return objects("deviceId", named, []) { $0 == "Device" }
    }

    /// One subject for each id, or one without an id for the reader to find.
    private func objects(
        _ placeholder: String, _ named: [String], _ rows: [Int], _ isOne: (String) -> Bool
    ) -> [CommandSubject] {
        let targets = rows.compactMap { row in
            self.targets(row).first { isOne($0.type) }.flatMap { OktaRequest.objectID($0.id) }
        }
        let ids = distinctTexts(named + targets)
        if ids.isEmpty { return [CommandSubject("its id is not in the log")] }
        return ids.map { CommandSubject($0, [placeholder: $0]) }
    }

    /// For each enrolment in the incident its user, and the factor where the log names it.
    var factors: [CommandSubject] {
        let enrolments = rows { CanonicalStep.answers(to: $0).contains(.unenrollFactor) }
        guard !enrolments.isEmpty else { return users(accounts(for: .unenrollFactor)) }
        return enrolments.flatMap { row in
            let factor = targets(row).first { $0.type.contains("Factor") || $0.type.contains("Authenticator") }
            let id = OktaRequest.objectID(factor?.id)
            return targetUsers([row]).filter(\.isUser).map { user in
                CommandSubject(
                    user.shown, user.values.merging(id.map { ["factorId": $0] } ?? [:]) { own, _ in own },
                    notes: [user.lookUp(org)])
            }
        }
    }

    /// Who, or which group, was given a role in the incident; else the accounts of those findings that ask.
    func roles(_ step: CanonicalStep) -> [CommandSubject] {
        let grants = rows { CanonicalStep.answers(to: $0).contains(.revokeAdminRole) }
        let groups = distinctTexts(grants.flatMap { row in
            targets(row).filter { $0.type == "UserGroup" }.compactMap { OktaRequest.objectID($0.id) }
        })
        let users = targetUsers(grants.filter { targets($0).contains { $0.type == "User" } })
        let call = groupCall(step)
        let subjects = self.users(users) + groups.map { CommandSubject("group \($0)", ["groupId": $0], call: call) }
        return subjects.isEmpty ? self.users(accounts(for: step)) : subjects
    }

    /// The call about a group's role instead of a user's.
    private func groupCall(_ step: CanonicalStep) -> StepCall {
        let path = "/api/v1/groups/{groupId}/roles"
        guard step == .revokeAdminRole else { return StepCall(reading: path, scope: "okta.roles.read") }
        return StepCall(
            OktaRequest("DELETE", path + "/{roleAssignmentId}"), .reversible, scope: "okta.roles.manage",
            undo: .request(OktaRequest("POST", path, body: ["type": "{roleType}"])), verify: OktaRequest("GET", path))
    }

    /// Every change to a defence, the last one for each call.
    var defences: [CommandSubject] {
        let changes = rows(DefenceChange.isChange).compactMap { DefenceChange(file.events[$0]) }
        let deleted = changes.filter { $0.call == nil }.map(\.note)
        var last: [String: DefenceChange] = [:], order: [String] = []
        for change in changes {
            guard let line = change.call?.request.line(org: "", change.values) else { continue }
            if last.updateValue(change, forKey: line) == nil { order.append(line) }
        }
        return order.compactMap { last[$0] }.enumerated().map { index, change in
            CommandSubject(
                change.shown, change.values, deed: change.deed, call: change.call,
                notes: [change.note] + (index == 0 ? deleted : []))
        }
    }
}

@testable import Sigma
import Testing

@Suite("What other products call Okta's fields")
struct FieldNameTests {
    @Test("Names and the paths they stand for", arguments: [
        ("eventType", "eventType"), ("eventName", "eventType"), ("srcIP", "client.ipAddress"),
        ("SRCIP", "client.ipAddress"), ("event.action", "eventType"), ("okta.event_type", "eventType"),
        ("okta.client.ip", "client.ipAddress"), ("okta.actor.alternate_id", "actor.alternateId"),
        ("okta.debug_context.debug_data.request_uri", "debugContext.debugData.requestUri"),
        ("okta.client.user_agent.raw_user_agent", "client.userAgent.rawUserAgent"),
        ("okta.device.os_platform", "device.os_platform"), ("okta.target.display_name", "target.displayName"),
        ("okta.security_context.as.number", "securityContext.asNumber"), ("user_agent.original", "client.userAgent.rawUserAgent"),
        ("client.geo.country_name", "client.geographicalContext.country"),
        ("actor_alternateId_s", "actor.alternateId"), ("securityContext_isProxy_b", "securityContext.isProxy"),
        ("client_geographicalContext_geolocation_lat_d", "client.geographicalContext.geolocation.lat"),
        ("debugContext_debugData_s", "debugContext.debugData"), ("actor_displayName", "actor.displayName"),
        ("SrcIpAddr", "client.ipAddress"), ("EventOriginalType", "eventType"), ("OriginalOutcomeResult", "outcome.result"),
        ("event_type", "eventType"), ("client.ip_address", "client.ipAddress"), ("target0.display_name", "target.0.displayName"),
        ("authentication_context.external_session_id", "authenticationContext.externalSessionId"),
        ("actor.user.uid", "actor.id"), ("src_endpoint.ip", "client.ipAddress"),
        ("target{}.displayName", "target.displayName"), ("target[].id", "target.id"), ("target[1].id", "target.1.id"),
        ("device.os_platform", "device.os_platform"), ("debugContext.debugData.some_key", "debugContext.debugData.some_key"),
        ("client.ipAddress", "client.ipAddress"), ("result", "result"), ("CommandLine", "CommandLine"), ("a_b", "a_b"),
    ])
    func names(name: String, path: String) { #expect(FieldNames.oktaPath(for: name) == path) }

    @Test("No name of the table is a path of Okta's own, and each leads to one")
    func table() {
        for (name, path) in FieldNames.table {
            #expect(FieldPath(path).isKnown, "\(path)")
            #expect(FieldNames.oktaPath(for: path) == path)
            #expect(name != path)
        }
    }

    @Test("A rule with another product's names finds Okta's events; names that nobody has are told")
    func rules() async throws {
        let rules = ruleSet(
            sigmaRule("s: {eventName: a, srcIP: 192.0.2.1}\nn: {CommandLine: x, Result: y}\ncondition: s and not n"))
        #expect(try await rules.matches(#"{"eventType": "A", "client": {"ipAddress": "192.0.2.1"}}"#))
        #expect(rules.rules.map(\.unknownFields) == [["CommandLine", "Result"]])
    }
}

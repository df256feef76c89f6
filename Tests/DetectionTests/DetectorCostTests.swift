import Detection
import Events
import Foundation
import JSON
import Tables
import Testing

@Suite("What detectors cost")
struct DetectorCostTests {
    private static let types = [
        "user.session.start", "user.mfa.factor.activate", "zone.delete", "policy.rule.delete", "system.api_token.create",
        "user.account.privilege.grant", "system.idp.lifecycle.update", "user.authentication.auth_via_IDP",
        "user.account.reset_password", "user.authentication.sso",
    ]

    /// One actor that does everything from many places, or many actors with the same device.
    private func log(_ count: Int, actors: Int) async throws -> EventTable {
        let lines = (0..<count).map { index in
            let time = Timestamp(seconds: 1_700_000_000 + Double(index * 300)), place = index / 3 % 17
            return """
                {"uuid":"\(index)","published":"\(time)","eventType":"\(Self.types[index % Self.types.count])",\
                "actor":{"id":"u\(index % actors)"},"outcome":{"result":"SUCCESS"},\
                "client":{"ipAddress":"192.0.2.\(place)","userAgent":{"rawUserAgent":"A\(place)","os":"O\(index % 3)"},\
                "geographicalContext":{"city":"C","country":"N\(place)","geolocation":{"lat":\(place * 5),"lon":\(place)}}},\
                "securityContext":{"asNumber":\(place)},"authenticationContext":{"externalSessionId":"s\(index / 50)"},\
                "debugContext":{"debugData":{"dtHash":"d\(index % 2)"}},\
                "transaction":{"detail":{"requestApiTokenId":\(index % 7 == 0 ? "\"T\(index % 3)\"" : "null")}},\
                "target":[{"type":"User","id":"u\(index / 2 % actors)"},{"type":"Token","id":"T\(index % 3)"},\
                {"type":"IdP","id":"0oa\(index % 5)"},{"type":"MobilePhone","id":"m\(index % 2)"}]}
                """
        }
        return try await table(lines.joined(separator: "\n"))
    }

    /// Counted in processor time of this thread, so that what else runs does not matter. What grows with the square of
    /// the events takes sixteen times as long for four times as many.
    @Test("Four times the events cost about four times as much", arguments: [1, 40])
    func linear(actors: Int) async throws {
        let few = try await log(1000, actors: actors), many = try await log(4000, actors: actors)
        for detector in Detectors.all {
            let cost = { (events: EventTable) in
                (0..<3).map { _ in processorTime { _ = detector.findings(in: events) } }.min() ?? 0
            }
            #expect(cost(many) < 8 * cost(few) + 0.02, "\(detector.id)")
        }
    }

    private func processorTime(_ work: () -> Void) -> Double {
        var before = timespec(), after = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
        work()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
        return Double(after.tv_sec - before.tv_sec) + Double(after.tv_nsec - before.tv_nsec) / 1e9
    }
}

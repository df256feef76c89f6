import Detection
import Events
import JSON
import Testing

@Suite("One device, many users")
struct SharedDeviceTests {
    private static func signIns(_ users: Int, _ more: String = "", gap: Int = 5) -> String {
        (1...users).map { user in
            let minute = (user - 1) * gap
            return "e\(user) \(8 + minute / 60 < 10 ? "0" : "")\(8 + minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60):00 "
                + "u\(user) s ip=192.0.2.44 device=d1 \(more)\n"
        }.joined()
    }

    @Test("One browser, and how bad it is", arguments: [
        ("five got in", signIns(5), ["high e1 e2 e3 e4 e5"]),
        ("five were refused", signIns(5, "outcome=FAILURE"), ["medium e1 e2 e3 e4 e5"]),
        ("slowly over the day", signIns(5, gap: 200), ["high e1 e2 e3 e4 e5"]),
        ("a shared workstation", signIns(5) + (1...5).map { "o\($0) 07:0\($0):00 v\($0) s ip=192.0.2.44 device=x\($0)\n" }.joined(),
            ["low e1 e2 e3 e4 e5"]),
        ("four", signIns(4), []),
        ("one user with many", (1...6).map { "e\($0) 08:0\($0):00 bob s device=d\($0)\n" }.joined(), []),
        ("many users with a browser each behind one address",
            (1...9).map { "e\($0) 08:0\($0):00 u\($0) s ip=1.1.1.1 device=d\($0)\n" }.joined(), []),
        ("over days", (1...9).map { "e\($0) 0\($0)/08:00:00 u\($0) s ip=1.1.1.1 device=d1\n" }.joined(), []),
        ("without a token", signIns(5).replacing("device=d1", with: ""), []),
    ])
    func browsers(name: String, log: String, expected: [String]) async throws {
        #expect(try await DeviceTokenShared().findings(in: placed(log)).severities == expected)
    }

    /// One user a day, each refused unless in a list, each at another address unless one is given.
    private static func overDays(_ users: Int, entering: [Int] = [], at address: String? = nil) -> String {
        (1...users).map { user in
            "e\(user) 0\(user)/08:00:00 u\(user) s ip=\(address ?? "192.0.2.\(user)") device=d1"
                + (entering.contains(user) ? "\n" : " outcome=FAILURE\n")
        }.joined()
    }

    @Test("A browser that is mostly refused, each user at another address, has a week", arguments: [
        ("four", overDays(4), ["medium e1 e2 e3 e4"]),
        ("five, of whom two got in", overDays(5, entering: [2, 3]), ["medium e1 e2 e3 e4 e5"]),
        ("three", overDays(3), []),
        ("a workstation in one place", overDays(5, at: "192.0.2.1"), []),
        ("a help desk's laptop at the users' homes", overDays(5, entering: [1, 2, 3]), []),
        ("four in more than a week", overDays(4).replacing("e4 04", with: "e4 09"), []),
    ])
    func slowBrowsers(name: String, log: String, expected: [String]) async throws {
        #expect(try await DeviceTokenShared().findings(in: placed(log)).severities == expected)
    }

    @Test("It grows into one finding with one id, whatever the order of the events")
    func growth() async throws {
        let first = try await DeviceTokenShared().findings(in: placed(Self.signIns(5)))
        let grown = try await DeviceTokenShared().findings(in: placed(Self.signIns(8)))
        #expect(grown.map(\.oktaEventIDs.count) == [8] && first.map(\.id) == grown.map(\.id))
        #expect(grown[0].metadata["user_count"] == 8 && grown[0].metadata["device"] == "d1")
        for other in shuffles(Self.signIns(8)) {
            #expect(try await DeviceTokenShared().findings(in: placed(other)) == grown)
        }
    }

    private static func enrolments(_ users: Int, _ type: String = "user.mfa.factor.activate", target: String = "MobilePhone:m1")
        -> String
    {
        (1...users).map { "f\($0) 0\($0)/08:00:00 u\($0) \(type) target=User:u\($0),\(target)\n" }.joined()
    }

    @Test("One phone or device of several users, and how bad it is", arguments: [
        ("a phone", enrolments(3), ["medium f1 f2 f3"]),
        ("a device", enrolments(3, "device.enrollment.create", target: "Device:g1"), ["medium f1 f2 f3"]),
        ("a phone of many", enrolments(6), ["high f1 f2 f3 f4 f5 f6"]),
        ("and one of them then makes a token", enrolments(3) + "x 05/09:00:00 u2 system.api_token.create", ["high f1 f2 f3 x"]),
        ("a person with two accounts", enrolments(2), []),
        ("one user again and again", (1...5).map { "f\($0) 0\($0)/08:00:00 u1 user.mfa.factor.activate target=User:u1,MobilePhone:m1\n" }
            .joined(), []),
        ("a phone each", (1...5).map { "f\($0) 0\($0)/08:00:00 u\($0) user.mfa.factor.activate target=User:u\($0),MobilePhone:m\($0)\n" }
            .joined(), []),
        ("refused", enrolments(3).replacing("\n", with: " outcome=FAILURE\n"), []),
        ("no phone named", enrolments(3, target: "AuthenticatorEnrollment:a1"), []),
    ])
    func phones(name: String, log: String, expected: [String]) async throws {
        #expect(try await SharedFactorDevice().findings(in: placed(log)).severities == expected)
        for other in shuffles(log) {
            #expect(try await SharedFactorDevice().findings(in: placed(other)).severities == expected)
        }
    }

    @Test("A phone that more users enrol keeps its finding's id")
    func phoneGrowth() async throws {
        let first = try await SharedFactorDevice().findings(in: placed(Self.enrolments(3)))
        let grown = try await SharedFactorDevice().findings(in: placed(Self.enrolments(5)))
        #expect(first.map(\.id) == grown.map(\.id) && grown[0].metadata["user_count"] == 5)
    }
}

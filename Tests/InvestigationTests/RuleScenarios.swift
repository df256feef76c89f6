/// Nights in which detectors find something, and whom their rules would have named.
enum RuleScenarios {
    /// Those that Sigma can say.
    static let inSigma = [
        "failed_login_burst", "password_spray", "brute_force_many_sources", "application_burst", "mfa_fatigue",
    ]

    /// Detector, log, and the entities that one of the alerts names.
    static let all: [(String, String, [String])] = [
        (
            "failed_login_burst",
            RuleNight.lines(6) { "\(RuleNight.clock($0 * 60)) ann 203.0.113.9 user.session.start FAILURE" },
            ["ann@example.com", "203.0.113.9"]
        ),
        (
            "password_spray",
            RuleNight.lines(12) { "\(RuleNight.clock($0 * 60)) u\($0) 203.0.113.9 user.session.start FAILURE" },
            ["203.0.113.9", "u0@example.com"]
        ),
        (
            "brute_force_many_sources",
            RuleNight.past("ann")
                + RuleNight.lines(10) {
                    "\(RuleNight.clock($0 * 60)) ann 203.0.113.\($0) user.session.start FAILURE agent=A\($0) asn=\($0)"
                },
            ["ann@example.com", "203.0.113.9"]
        ),
        (
            "mfa_fatigue",
            RuleNight.lines(6) {
                "\(RuleNight.clock($0 * 60)) ann 203.0.113.9 user.mfa.okta_verify.deny_push FAILURE factor=OKTA_VERIFY_PUSH"
            },
            ["ann@example.com", "203.0.113.9"]
        ),
        (
            "application_burst",
            RuleNight.past("ann")
                + RuleNight.lines(30) {
                    "\(RuleNight.clock($0 * 5)) ann 203.0.113.9 user.authentication.sso SUCCESS country=Chad agent=X target=AppInstance:app\($0)"
                },
            ["ann@example.com", "203.0.113.9"]
        ),
        (
            "mass_lockout",
            RuleNight.lines(6) {
                "\(RuleNight.clock($0 * 30)) u\($0) 203.0.113.9 user.account.lock FAILURE target=User:00uu\($0)"
            },
            ["00uu0@example.com", "203.0.113.9"]
        ),
        (
            "success_after_attack",
            RuleNight.past("ann")
                + RuleNight.lines(12) { "\(RuleNight.clock($0 * 20)) u\($0) 203.0.113.9 user.session.start FAILURE" }
                + "02:10:00 ann 203.0.113.9 user.session.start FAILURE\n02:11:00 ann 203.0.113.9 user.session.start SUCCESS\n",
            ["ann@example.com", "203.0.113.9"]
        ),
        (
            "help_desk_takeover",
            RuleNight.past("ann") + "02:00:00 desk 192.0.2.9 user.mfa.factor.reset_all SUCCESS target=User:00uann\n"
                + "03:00:00 ann 203.0.113.9 user.session.start SUCCESS country=Chad agent=X device=other asn=9\n",
            ["ann@example.com", "203.0.113.9"]
        ),
        (
            "session_hijack",
            RuleNight.past("ann")
                + "02:00:00 ann 192.0.2.1 user.authentication.sso SUCCESS country=Germany agent=Mac session=s1 asn=1 device=own\n"
                + "02:30:00 ann 203.0.113.9 user.authentication.sso SUCCESS country=Chad agent=Linux session=s1 asn=9 device=other\n",
            ["ann@example.com", "203.0.113.9"]
        ),
        (
            "impossible_travel",
            "02:00:00 ann 192.0.2.1 user.session.start SUCCESS country=Germany agent=Mac\n"
                + "02:20:00 ann 203.0.113.9 user.session.start SUCCESS country=Chad agent=Win\n",
            ["ann@example.com", "203.0.113.9"]
        ),
        (
            "defence_weakening",
            "02:00:00 eve 203.0.113.9 zone.delete SUCCESS target=Zone:z\n02:10:00 eve 203.0.113.9 policy.rule.delete SUCCESS target=Rule:r\n"
                + "02:20:00 eve 203.0.113.9 system.log_stream.lifecycle.delete SUCCESS target=Stream:s\n",
            ["eve@example.com", "203.0.113.9"]
        ),
        (
            "shared_factor_device",
            RuleNight.lines(4) {
                "\(RuleNight.clock($0 * 600)) u\($0) 203.0.113.9 user.mfa.factor.activate SUCCESS target=User:00uu\($0),MobilePhone:ph1"
            },
            ["u0@example.com", "203.0.113.9"]
        ),
    ]
}

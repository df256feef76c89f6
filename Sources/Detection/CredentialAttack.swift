internal import Events
internal import Tables

/// An attack on passwords of any kind, as what follows it sees it.
struct CredentialAttack {
    enum Kind: String, CaseIterable {
        case spray = "password_spray", stuffing = "credential_stuffing", distributed = "password_spray_distributed"
        case manySources = "brute_force_many_sources", burst = "failed_login_burst", patient = "patient_guessing"
    }

    let kind: Kind
    /// The failures, in time order.
    let attempts: [SignInAttempts.Attempt]
    let users: Set<UInt32>
    /// Where all of it comes from; `nil` when it comes from several places.
    let source: (field: EventField, code: UInt32)?

    /// In ticks.
    var start: Int64 { attempts.first?.time ?? 0 }
    var end: Int64 { attempts.last?.time ?? 0 }
}

extension CredentialAttack {
    /// All attacks on passwords, with the limits that the detectors have by default, in the order of their first event.
    ///
    /// Sources that people share are left out, and failures from where an account signed in before: what follows
    /// those is an owner's sign-in.
    static func all(in events: EventTable, _ attempts: SignInAttempts) -> [CredentialAttack] {
        let sources = SourceAttacks(events, attempts, limits: SprayLimits())
        let single = sources.found.filter { !$0.isShared && !$0.isAutomation }.map { attack in
            CredentialAttack(
                kind: attack.kind == .spray ? .spray : .stuffing, attempts: attack.attempts, users: attack.users,
                source: (attack.field, attack.source))
        }
        let distributed = DistributedSprays(events, besides: sources, limits: DistributedLimits()).found.map { spray in
            CredentialAttack(kind: .distributed, attempts: spray.attempts, users: spray.users, source: nil)
        }
        let many = UserAttacks(events, attempts, limits: SourceLimits()).found.map { attack in
            CredentialAttack(kind: .manySources, attempts: attack.attempts, users: [attack.account], source: nil)
        }
        let alone = bursts(in: events, attempts) + patient(in: events, attempts)
        return (single + distributed + many + alone).sorted { left, right in
            events.isOrdered(left.attempts[0].row, before: right.attempts[0].row)
        }
    }

    /// Bursts as ``FailedLoginBurst`` has them, without the account's own mistakes.
    private static func bursts(in events: EventTable, _ attempts: SignInAttempts) -> [CredentialAttack] {
        let limits = FailedLoginBurst()
        let failures = CodeGroups(attempts.failures.map(\.account), count: attempts.accounts.count)
        let crowded = (0..<failures.count).filter { account in
            failures.size(of: account) >= limits.threshold
                && !limits.stretches(failures[account].map { attempts.failures[$0].time }).isEmpty
        }
        let places = FamiliarPlaces(of: Set(crowded.map { UInt32($0) }), among: attempts, in: events)
        return crowded.flatMap { account in
            let foreign = failures[account].map { attempts.failures[$0] }.filter { failure in
                places.verdict(on: failure.row, of: failure.account, before: failure.time) != .familiar
            }
            return limits.stretches(foreign.map(\.time)).map { range in
                CredentialAttack(kind: .burst, attempts: Array(foreign[range]), users: [UInt32(account)], source: nil)
            }
        }
    }

    /// Failures of one account from one strange address, too slow for a burst: by themselves they say little, but what
    /// follows them from there does.
    private static func patient(in events: EventTable, _ attempts: SignInAttempts) -> [CredentialAttack] {
        let limits = FailedLoginBurst(), addresses = events.column(.ipAddress).codes
        let failures = CodeGroups(attempts.failures.map(\.account), count: attempts.accounts.count)
        let tried = (0..<failures.count).filter { failures.size(of: $0) >= limits.threshold }
        let places = FamiliarPlaces(of: Set(tried.map { UInt32($0) }), among: attempts, in: events)
        return tried.flatMap { account in
            let strange = failures[account].map { attempts.failures[$0] }.filter { failure in
                addresses[failure.row] != 0
                    && places.verdict(on: failure.row, of: failure.account, before: failure.time) == .strange
            }
            return Dictionary(grouping: strange) { addresses[$0.row] }.values.flatMap { failures in
                crowded(failures.map(\.time), window: ticks(86_400), threshold: limits.threshold).map { range in
                    CredentialAttack(
                        kind: .patient, attempts: Array(failures[range]), users: [UInt32(account)], source: nil)
                }
            }
        }
    }
}

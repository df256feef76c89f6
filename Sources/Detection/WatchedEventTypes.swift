/// The event types that the detectors go by, for those who write the same behaviours down elsewhere, such as rules of
/// another engine. Names from Okta's event catalogue, release 2026.08.1.
public enum WatchedEventTypes {
    /// Sign-ins, that succeed or fail by their outcome.
    public static let signIns = SignInKinds.signIns.sorted()
    /// Locks of accounts.
    public static let locks = MassLockout.types
    /// Changes of factors and devices of one account.
    public static let factorChanges = AccountChanges.factorTypes
    /// Other changes that let somebody into an account.
    public static let recoveries = AccountChanges.recoveryTypes
    /// Changes of identity providers and their keys.
    public static let providerChanges = ProviderChains.changeTypes
    /// Sign-ins through identity providers.
    public static let providerSignIns = ProviderChains.signInTypes
    /// Grants of an administrator's role.
    public static let roleGrants = AdminRoleThenNewPlace.grantTypes
    /// Enrolments of phones and devices.
    public static let enrolments = SharedFactorDevice.enrolmentTypes

    /// Acts on what protects an org: the kind of protection, whether they take it away, and the types.
    public static var defences: [(kind: String, takesAway: Bool, types: [String])] {
        DefenceActs.names.map { ($0.0.rawValue, $0.1, $0.2) }
    }
}

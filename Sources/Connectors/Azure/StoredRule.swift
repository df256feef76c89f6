internal import Diagnostics
public import JSON

/// An analytics rule as Microsoft Sentinel has it.
public struct StoredRule: Hashable, Sendable {
    /// What stands last in its address, mostly a GUID.
    public let id: String
    /// `Scheduled`, or another kind that this program does not write.
    public let kind: String
    /// Which version of the rule this is; a PUT with it fails when the rule was changed meanwhile.
    public let etag: String?
    /// `properties` as the service sent them.
    public let properties: JSONValue

    /// `nil` when it has none.
    public var displayName: String? { properties["displayName"]?.string }
    /// When it was last changed, in ISO 8601, UTC.
    public var lastModified: String? { properties["lastModifiedUtc"]?.string }

    /// `nil` when this is no rule.
    init?(_ json: JSONValue) {
        guard let id = json["name"]?.string, let kind = json["kind"]?.string, let properties = json["properties"],
            properties.members != nil
        else { return nil }
        self.id = id
        self.kind = kind
        self.properties = properties
        etag = json["etag"]?.string
    }
}

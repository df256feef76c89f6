// Names beyond the table: each shape spells Okta's paths by a rule, so that fields which Okta adds, and the open map
// `debugContext.debugData`, are read as well.

extension ShapeColumns {
    /// The destination of a name that the table does not list, by the shape's rule.
    func byRule(_ name: String) -> Destination? {
        switch shape {
        case .dotted: Self.dotted(name)
        case .console: Self.console(name)
        case .elastic: Self.elastic(name)
        case .oktaCL: typed(name)
        case .ocsf: name.hasPrefix("unmapped.") ? Self.dotted(String(name.dropFirst(9))) : nil
        case .okta, .panther, .oktaV2, .flat: nil
        }
    }

    /// `target.1.id`, `target{}.id`, `target[1].id`, `debugContext.debugData.factor`, `securityContext.risk.level`.
    private static func dotted(_ name: String) -> Destination? {
        if name.hasPrefix("target") { return target(name) }
        guard let container = OktaSpelling.containers.first(where: { name.hasPrefix($0.prefix) }) else { return nil }
        return inside(container, name.dropFirst(container.prefix.count))
    }

    /// What stands in a container: a key, or a path.
    private static func inside(_ container: OktaSpelling.Container, _ rest: Substring) -> Destination? {
        if container.isOpen { return rest.isEmpty ? nil : .other(container.steps + [String(rest)]) }
        let steps = rest.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let isPath = steps.allSatisfy { step in
            !step.isEmpty && !step.utf8.contains { "{}[]".utf8.contains($0) } && !step.utf8.allSatisfy(isDigit)
        }
        return isPath && steps.count <= 4 ? .other(container.steps + steps) : nil
    }

    /// `target1.display_name`, `debug_context.debug_data.request_uri`.
    private static func console(_ name: String) -> Destination? {
        let path = OktaSpelling.camelPath(name)
        let start = path.prefix { $0 != "." }
        if start.hasPrefix("target"), start.count > 6, start.dropFirst(6).utf8.allSatisfy(isDigit) {
            return target("target." + path.dropFirst(6))
        }
        return ShapeColumns[.dotted].listed(path) ?? dotted(path)
    }

    /// `okta.device.os_platform`, `okta.target.display_name` of documents whose lists are flattened.
    private static func elastic(_ name: String) -> Destination? {
        guard name.hasPrefix("okta.") else { return nil }
        let path = name.dropFirst(5)
        if path.hasPrefix("target.") {
            return .target(index: nil, key: OktaSpelling.camelPath(String(path.dropFirst(7))))
        }
        let flattened = "debug_context.debug_data.flattened."
        if path.hasPrefix(flattened) { return dotted("debugContext.debugData." + path.dropFirst(flattened.count)) }
        // What the integration made out of the behaviours and the risk is not what Okta wrote.
        if path.hasPrefix("debug_context.debug_data.risk_") { return nil }
        let camel = OktaSpelling.camelPath(String(path))
        return ShapeColumns[.dotted].listed(camel) ?? dotted(camel)
    }

    /// `client_userAgent_browser_s`, `debugContext_debugData_requestUri_s`: the type is put off, and `_` leads inside.
    private func typed(_ name: String) -> Destination? {
        guard let base = OktaSpelling.withoutType(name) else { return nil }
        if let listed = listed(String(base)) { return listed }
        let container = OktaSpelling.containers.first { base.hasPrefix($0.typedPrefix) }
        guard let container else { return nil }
        let rest = base.dropFirst(container.typedPrefix.count)
        return Self.inside(container, container.isOpen ? rest : rest.replacing("_", with: ".")[...])
    }

    /// `target.N.key`, `target[N].key` or `target{}.key`.
    static func target(_ path: String) -> Destination? {
        guard path.hasPrefix("target") else { return nil }
        let rest = path.dropFirst(6)
        if rest.hasPrefix("{}.") { return .target(index: nil, key: String(rest.dropFirst(3))) }
        guard rest.hasPrefix(".") || rest.hasPrefix("[") else { return nil }
        let parts = rest.dropFirst().split(separator: rest.hasPrefix("[") ? "]." : ".", maxSplits: 1)
        guard parts.count == 2, (1...3).contains(parts[0].utf8.count), parts[0].utf8.allSatisfy(isDigit),
            let index = Int(parts[0])
        else { return nil }
        return .target(index: index, key: String(parts[1]))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension OktaSpelling {
    /// A column of Okta_CL without its type: text, real, boolean, time, GUID. Log Analytics adds it by itself.
    static func withoutType(_ name: String) -> Substring? {
        let end = name.utf8.suffix(2)
        guard end.count == 2, end.first == UInt8(ascii: "_"), let type = end.last, "sdbtg".utf8.contains(type),
            end.startIndex > name.startIndex
        else { return nil }
        return name[..<end.startIndex]
    }
}

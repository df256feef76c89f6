public import Diagnostics

extension AzureService {
    /// The machines of the tenant in Defender for Endpoint, asked with this account's tokens; these go to the server
    /// that ``addresses`` names for Defender and to no other. Nothing is sent before the first look-up.
    ///
    /// - Throws: A `Diagnostic` when that server's address cannot be used.
    public func defender(manner: DefenderManner = DefenderManner()) throws(Diagnostic) -> DefenderService {
        let address = try DefenderAddress(url: addresses.origin(of: .defender))
        return DefenderService(at: address, transport: transport, manner: manner) { [self] in
            try await checkOnline(.defender)
            return try await tokens.token(for: .defender).text
        }
    }
}

import CCurl
import Diagnostics

/// The network, through libcurl: one thread for each transfer.
///
/// No redirect is followed; plain http goes to this computer only; link-local addresses are refused, also
/// when a name resolves to one; proxies are used for https to other computers only. To cancel the task, or
/// to let go of the body, ends the transfer at once.
public struct CurlTransport: HTTPTransport {
    /// A transport without state of its own.
    public init() {}

    public func open(_ request: HTTPRequest) async throws -> HTTPStream {
        let server = try Endpoint(of: request)
        let transfer = try Transfer(request, server)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { transfer.start($0) }
        } onCancel: {
            transfer.cancel()
        }
    }
}

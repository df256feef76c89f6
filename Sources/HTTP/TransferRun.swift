import CCurl
import Diagnostics

/// The work of a transfer's thread: drives libcurl, keeps the limits, hands out what arrives.
final class TransferRun {
    private let transfer: Transfer
    private let started = ContinuousClock.now
    private var lastPiece: ContinuousClock.Instant?
    private var received = 0
    private var headBytes = 0
    private var headers: [(name: String, value: String)] = []
    private var isAnswered = false
    private var easy: EasyHandle
    /// Why a callback stopped libcurl.
    private var refusal: Diagnostic?

    private static let headLimit = 256 << 10

    private var request: HTTPRequest { transfer.request }
    private var server: Endpoint { transfer.server }

    /// Runs the transfer to its end on this thread.
    static func perform(_ transfer: Transfer) {
        guard let run = TransferRun(transfer) else {
            return transfer.finish(
                transfer.request.unavailable(
                    "libcurl does not accept the request", remedy: "Check the address and the headers"))
        }
        run.perform()
    }

    private init?(_ transfer: Transfer) {
        guard var easy = EasyHandle() else { return nil }
        easy.prepare(transfer.request, transfer.server)
        guard easy.isComplete else { return nil }
        self.transfer = transfer
        self.easy = easy
    }

    private func perform() {
        easy.set(
            receiver: Unmanaged.passUnretained(self).toOpaque(),
            header: { bytes, size, count, run in TransferRun.from(run)?.takeHeader(bytes, size * count) ?? -1 },
            body: { bytes, size, count, run in TransferRun.from(run)?.takePiece(bytes, size * count) ?? -1 },
            peer: { run, peer, _, _, _ in TransferRun.from(run)?.check(peer) ?? CURL_PREREQFUNC_ABORT })
        curl_multi_add_handle(transfer.multi.pointer, easy.pointer)
        transfer.finish(drive())
        curl_multi_remove_handle(transfer.multi.pointer, easy.pointer)
    }

    /// Moves bytes until the transfer is over, and says why it failed if it did.
    private func drive() -> Diagnostic? {
        var running: Int32 = 1
        while true {
            if transfer.isCancelled { return .interrupted }
            guard curl_multi_perform(transfer.multi.pointer, &running) == CURLM_OK else { return internalFault }
            if running == 0 { return outcome }
            let now = ContinuousClock.now
            if let grace = transfer.graceEnds, grace <= now { return nil }
            let (limit, deadline) = nextDeadline
            if deadline <= now { return limit.diagnostic(request, server) }
            let wait = (min(deadline, transfer.graceEnds ?? deadline) - now) / .milliseconds(1)
            let result = curl_multi_poll(transfer.multi.pointer, nil, 0, Int32(min(wait.rounded(.up), 60_000)), nil)
            guard result == CURLM_OK else { return internalFault }
        }
    }

    private var nextDeadline: (PassedLimit, ContinuousClock.Instant) {
        let total = started + request.limits.total
        let quiet = lastPiece.map { $0 + request.limits.idle } ?? started + request.limits.firstByte
        return quiet < total ? (lastPiece == nil ? .firstByte : .idle, quiet) : (.total, total)
    }

    private var internalFault: Diagnostic {
        request.unavailable("libcurl could not go on with \(server)", remedy: "Try again")
    }

    /// How libcurl says the finished transfer went.
    private var outcome: Diagnostic? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(transfer.multi.pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            if let refusal { return refusal }
            let code = message.pointee.data.result
            return code == CURLE_OK ? nil : request.diagnostic(code, server, answered: isAnswered)
        }
        return internalFault
    }
}

// MARK: Callbacks

extension TransferRun {
    /// The run that `perform` gave to libcurl; `perform` outlives every callback.
    private static func from(_ pointer: UnsafeMutableRawPointer?) -> TransferRun? {
        pointer.map { Unmanaged<TransferRun>.fromOpaque($0).takeUnretainedValue() }
    }

    private func stop(_ diagnostic: Diagnostic) -> Int {
        refusal = diagnostic
        return -1
    }

    private func takeHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        headBytes += count
        if headBytes > Self.headLimit { return stop(PassedLimit.head.diagnostic(request, server)) }
        let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
            .trimmingSuffix { $0.isNewline }
        if isAnswered { return count }  // a trailer
        if line.isEmpty { return endHead() ? count : -1 }
        if let colon = line.firstIndex(of: ":"), !line.hasPrefix("HTTP/") {
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append((String(line[..<colon]), String(value.trimmingSuffix { $0 == " " || $0 == "\t" })))
        }
        return count
    }

    /// Hands over the head, unless it is an interim one or a redirect; false stops the transfer.
    private func endHead() -> Bool {
        let head = HTTPResponseHead(status: easy.status, headers: headers)
        headers = []
        if (100..<200).contains(head.status) { return true }
        if (300..<400).contains(head.status) {
            let host = head.header("Location").flatMap(Endpoint.redirectHost).map { ", at \($0)" } ?? ""
            refusal = request.unavailable(
                "\(server) redirects to another address\(host), which is not followed",
                remedy: "If that address is right, configure it directly")
            return false
        }
        isAnswered = true
        transfer.deliver(head)
        return true
    }

    private func takePiece(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        received += count
        lastPiece = .now
        if received > request.limits.maxBody { return stop(PassedLimit.size.diagnostic(request, server)) }
        transfer.deliver([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
        return count
    }

    private func check(_ peer: UnsafeMutablePointer<CChar>?) -> Int32 {
        let peer = peer.map { String(cString: $0) } ?? ""
        if server.permits(peer: peer) { return CURL_PREREQFUNC_OK }
        refusal = request.unavailable(
            "\(server) leads to \(peer), an address that must not be contacted", remedy: "Check the server's name")
        return CURL_PREREQFUNC_ABORT
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while drop: (Character) -> Bool) -> SubSequence {
        self[..<(lastIndex { !drop($0) }.map(index(after:)) ?? startIndex)]
    }
}

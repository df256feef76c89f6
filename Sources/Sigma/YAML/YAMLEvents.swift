// Yams is libyaml and, on top of it, a composer in Swift. The composer recurses as deep as the text says before anyone
// can look at it, so the parser beneath is read event by event and stopped where a limit is passed.
internal import CYaml
internal import Diagnostics

/// One step of a YAML text.
struct YAMLEvent {
    enum Kind {
        case streamEnd, documentStart, sequenceStart, sequenceEnd, mappingStart, mappingEnd, alias, scalar
        /// The beginning of the stream and the ends of documents.
        case other
    }

    let kind: Kind
    let mark: YAMLMark
    /// Of an alias its name, else that of the node.
    var anchor: String?
    var tag: String?
    var scalar: YAMLScalar?
}

/// The events of a text, one after another. The bytes must outlive it.
final class YAMLEvents {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let file: String

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws(Diagnostic) {
        // libyaml keeps the parser's own address, so that it may not move.
        parser = .allocate(capacity: 1)
        self.file = file
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw Diagnostic("there is no memory to read YAML", remedy: "Close other programs", at: Place(file: file))
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    func next() throws(Diagnostic) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw fault }
        defer { yaml_event_delete(&event) }
        let mark = YAMLMark(event.start_mark)
        switch event.type {
        case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, mark: mark)
        case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, mark: mark)
        case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, mark: mark)
        case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, mark: mark)
        case YAML_ALIAS_EVENT:
            return YAMLEvent(kind: .alias, mark: mark, anchor: text(event.data.alias.anchor))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return YAMLEvent(kind: .sequenceStart, mark: mark, anchor: text(start.anchor), tag: text(start.tag))
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return YAMLEvent(kind: .mappingStart, mark: mark, anchor: text(start.anchor), tag: text(start.tag))
        case YAML_SCALAR_EVENT: return scalar(event.data.scalar, at: mark)
        default: return YAMLEvent(kind: .other, mark: mark)
        }
    }

    private func scalar(_ scalar: yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar, at mark: YAMLMark)
        -> YAMLEvent
    {
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        return YAMLEvent(
            kind: .scalar, mark: mark, anchor: text(scalar.anchor), tag: text(scalar.tag),
            scalar: YAMLScalar(
                text: String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                isLiteral: scalar.style == YAML_LITERAL_SCALAR_STYLE))
    }

    private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    /// Why libyaml went no further, and where.
    private var fault: Diagnostic {
        let reason = parser.pointee.problem.map { String(cString: $0) } ?? "not enough memory"
        let mark = YAMLMark(parser.pointee.problem_mark)
        return Diagnostic(
            "the YAML cannot be read: \(reason), at column \(mark.column)", remedy: "Mend the text there",
            at: Place(file: file, line: mark.line))
    }
}

extension YAMLMark {
    fileprivate init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}

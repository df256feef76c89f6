import Diagnostics

extension ReadingPass {
    /// Reads the segment that begins here and moves behind it.
    mutating func nextMeaning() -> ReadLine {
        if mark.cursor.current == "?" { return explicitQuestion() }
        do throws(LineFault) {
            let leading = try options(taking: reader.vocabulary.valueOptions(of: nil))
            let name = mark.cursor.bareWord
            if !leading.isEmpty, name.isEmpty { return judged(leading, "") }
            guard reader.vocabulary.names.contains(name) else {
                return leading.isEmpty ? notACommand(name) : unknownCommand(name)
            }
            mark.cursor.position += name.count
            return try judged(leading + [name] + arguments(of: name), name)
        } catch {
            _ = mark.cursor.rest()
            return misread(Diagnostic(error.problem, remedy: error.remedy, kind: .usage), start.cursor.bareWord)
        }
    }

    private mutating func explicitQuestion() -> ReadLine {
        while mark.cursor.current == "?" { mark.cursor.position += 1 }
        let text = mark.cursor.text()
        guard text.isEmpty else { return .question(text) }
        return error(Diagnostic(
            "there is no question after `?`", remedy: "Write it on the same line: `? who is bob`", kind: .usage))
    }

    /// An error, in a batch with the place where the segment begins.
    private func error(_ fault: Diagnostic) -> ReadLine {
        let place = reader.file.map { Place(file: $0, line: start.row + 1) }
        return .error(Diagnostic(fault.problem, remedy: fault.remedy, kind: fault.kind, at: place))
    }
}

// MARK: A command's name

extension ReadingPass {
    private mutating func judged(_ words: [String], _ name: String) -> ReadLine {
        switch (reader.vocabulary.verdict(on: words), reader.mode) {
        case (.ok, _), (.unknownReference, .batch): .command(words)
        case (.usageError(let problem), _): misread(misfit(problem, name, .usage), name)
        case (.unknownReference(let problem), _): misread(misfit(problem, name, .failed), name)
        }
    }

    private func misfit(_ problem: String, _ name: String, _ kind: Diagnostic.Kind) -> Diagnostic {
        let mayAsk = reader.mode == .interactive && Sentence(source(since: start)).mayAsk
        let hint = mayAsk ? "; to ask it as a question, begin with `?`" : ""
        let usage = name.isEmpty ? "Type `help`" : "Usage: \(reader.vocabulary.usage(of: name))"
        return Diagnostic(problem, remedy: usage + hint, kind: kind)
    }

    /// A command that cannot be run: at the prompt a question where it reads like one, else the error. In a
    /// command that takes text only the options can be wrong, and those ask nothing.
    private mutating func misread(_ fault: Diagnostic, _ name: String) -> ReadLine {
        let vocabulary = reader.vocabulary
        guard reader.mode == .interactive, start.cursor.bareWord == name, vocabulary.names.contains(name),
            vocabulary.textKind(of: name) == nil
        else { return error(fault) }
        var asking = start.cursor
        let text = asking.text()
        guard Sentence(text).asks(besides: vocabulary.valueOptions(of: name)) else { return error(fault) }
        mark = Mark(row: start.row, cursor: asking)
        return .question(text, notice: "read as a question; `help \(name)` shows the command")
    }
}

// MARK: Any other word

extension ReadingPass {
    private mutating func notACommand(_ word: String) -> ReadLine {
        if reader.mode == .batch { return unknownCommand(word) }
        return typo(word) ?? .question(mark.cursor.text())
    }

    private mutating func unknownCommand(_ word: String) -> ReadLine {
        _ = mark.cursor.text()
        let isEnglish = EnglishWords.function.contains(word.lowercased())
        let nearest = isEnglish ? nil : reader.vocabulary.names.nearest(to: word)
        let remedy = nearest.map { "Did you mean `\($0)`?" }
            ?? "`help` lists the commands; a question needs `ask` or `?` in front"
        return error(Diagnostic("there is no command `\(word)`", remedy: remedy, kind: .usage))
    }

    /// The command that was meant, when the word is one slip away from its name and the rest fits it.
    private mutating func typo(_ word: String) -> ReadLine? {
        for name in TypingSlip(word).candidates(among: reader.vocabulary.names) {
            mark.cursor.position += word.count
            let behindWord = mark
            if fits(name) {
                let rest = source(since: behindWord)
                return .typo(word: word, name: name, line: rest.isEmpty ? name : name + " " + rest)
            }
            mark = start
        }
        return nil
    }

    private mutating func fits(_ name: String) -> Bool {
        guard let arguments = try? arguments(of: name) else { return false }
        switch reader.vocabulary.verdict(on: [name] + arguments) {
        case .ok: return true
        case .usageError: return false
        case .unknownReference:
            return !Sentence(source(since: start)).asks(besides: reader.vocabulary.valueOptions(of: name))
        }
    }
}

import CEditline

/// What the keys do beyond libedit's own emacs map. The user's `~/.editrc` comes after and wins.
enum KeyBindings {
    /// A command of ours, by the name that `~/.editrc` may bind.
    enum Function: String, CaseIterable {
        case complete = "watchfloor-complete"
        case newline = "watchfloor-newline"
        case paste = "watchfloor-paste"

        var help: String {
            switch self {
            case .complete: "Complete the word before the cursor"
            case .newline: "Insert a line break"
            case .paste: "Insert pasted text as one input"
            }
        }

        /// The keys, in the notation of editrc(5).
        var keys: [String] {
            switch self {
            case .complete: ["^I"]
            case .newline: ["\\e\\n", "\\e\\r"]
            case .paste: ["\\e[200~"]
            }
        }
    }

    /// Keys and libedit's commands. Terminals differ in what they send for Home, End and modified arrows.
    static let commands: [(command: String, keys: [String])] = [
        ("em-inc-search-prev", ["^R"]),
        ("em-inc-search-next", ["^S"]),
        ("vi-kill-line-prev", ["^U"]),
        ("ed-search-prev-history", ["\\e[A", "\\eOA", "\\e[5~", "\\ep"]),
        ("ed-search-next-history", ["\\e[B", "\\eOB", "\\e[6~", "\\en"]),
        ("ed-prev-line", ["\\e[1;3A"]),
        ("ed-next-line", ["\\e[1;3B"]),
        ("ed-next-char", ["\\e[C", "\\eOC"]),
        ("ed-prev-char", ["\\e[D", "\\eOD"]),
        ("em-next-word", ["\\e[1;5C", "\\e[1;3C", "\\e[5C", "\\e\\e[C", "\\ef"]),
        ("ed-prev-word", ["\\e[1;5D", "\\e[1;3D", "\\e[5D", "\\e\\e[D", "\\eb"]),
        ("ed-move-to-beg", ["\\e[H", "\\eOH", "\\e[1~", "\\e[7~"]),
        ("ed-move-to-end", ["\\e[F", "\\eOF", "\\e[4~", "\\e[8~"]),
        ("ed-delete-next-char", ["\\e[3~"]),
        ("em-delete-next-word", ["\\e[3;5~", "\\e[3;3~", "\\ed"]),
        ("ed-delete-prev-word", ["\\e^H", "\\e^?"]),
    ]

    /// Makes the bindings, and then what `~/.editrc` (or `$EDITRC`) says.
    static func install(in editLine: OpaquePointer) {
        _ = editline_set_editor(editLine, "emacs")
        for function in Function.allCases {
            _ = editline_add_function(editLine, function.rawValue, function.help, callback(for: function))
        }
        for (command, keys) in commands {
            for key in keys { _ = editline_bind(editLine, key, command) }
        }
        bindFunctions(in: editLine)
        _ = el_source(editLine, nil)
        // `bind -v` there clears the map.
        if String(cString: editline_editor(editLine)) == "vi" { bindFunctions(in: editLine) }
    }

    private static func bindFunctions(in editLine: OpaquePointer) {
        for function in Function.allCases {
            for key in function.keys { _ = editline_bind(editLine, key, function.rawValue) }
        }
    }

    private static func callback(for function: Function) -> editline_function {
        switch function {
        case .complete: { editLine, _ in LineEditor.owner(of: editLine)?.complete() ?? UInt8(CC_ERROR) }
        case .newline: { editLine, _ in LineEditor.owner(of: editLine)?.insertNewline() ?? UInt8(CC_ERROR) }
        case .paste: { editLine, _ in LineEditor.owner(of: editLine)?.paste() ?? UInt8(CC_ERROR) }
        }
    }
}

#pragma once

// libedit's settings go through variadic functions, which Swift cannot call. Each wrapper below is one
// setting that the line editor uses, and nothing more.

#include <histedit.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

typedef wchar_t *(*editline_prompt)(EditLine *);
typedef unsigned char (*editline_function)(EditLine *, int);

static inline FILE *editline_stdin(void) { return stdin; }
static inline FILE *editline_stdout(void) { return stdout; }
static inline FILE *editline_stderr(void) { return stderr; }

static inline int editline_set_owner(EditLine *el, void *owner) {
    return el_set(el, EL_CLIENTDATA, owner);
}

static inline void *editline_owner(EditLine *el) {
    void *owner = NULL;
    el_get(el, EL_CLIENTDATA, &owner);
    return owner;
}

// Text between two `literal` characters is sent to the terminal and takes no columns.
static inline int editline_set_prompt(EditLine *el, editline_prompt prompt, wchar_t literal) {
    return el_wset(el, EL_PROMPT_ESC, prompt, literal);
}

static inline int editline_set_reader(EditLine *el, el_rfunc_t reader) {
    return el_wset(el, EL_GETCFN, reader);
}

static inline int editline_set_history(EditLine *el, HistoryW *history) {
    return el_wset(el, EL_HIST, history_w, history);
}

static inline int editline_set_editor(EditLine *el, const char *name) {
    return el_set(el, EL_EDITOR, name);
}

static inline const char *editline_editor(EditLine *el) {
    const char *name = NULL;
    el_get(el, EL_EDITOR, &name);
    return name ? name : "";
}

static inline int editline_add_function(
    EditLine *el, const char *name, const char *help, editline_function function) {
    return el_set(el, EL_ADDFN, name, help, function);
}

static inline int editline_bind(EditLine *el, const char *keys, const char *command) {
    return el_set(el, EL_BIND, keys, command, NULL);
}

// Draws the prompt and the line afresh from where the cursor is.
static inline int editline_redraw(EditLine *el) { return el_set(el, EL_REFRESH); }

// Puts the terminal into editing mode (1) or back into the mode it had (0).
static inline int editline_prepare_terminal(EditLine *el, int editing) {
    return el_set(el, EL_PREP_TERM, editing);
}

static inline int editline_history_limit(HistoryW *history, int count) {
    HistEventW event;
    return history_w(history, &event, H_SETSIZE, count);
}

static inline int editline_history_unique(HistoryW *history, int unique) {
    HistEventW event;
    return history_w(history, &event, H_SETUNIQUE, unique);
}

static inline int editline_history_add(HistoryW *history, const wchar_t *line) {
    HistEventW event;
    return history_w(history, &event, H_ENTER, line);
}

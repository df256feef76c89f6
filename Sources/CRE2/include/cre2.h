// RE2 (https://github.com/google/re2, BSD-3-Clause) for Swift: the few calls that are needed, as C functions.
// Every text is a run of bytes in UTF-8 and may hold NUL. A pattern may be used by many threads at the same time.
#ifndef WATCHFLOOR_CRE2_H
#define WATCHFLOOR_CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_pattern cre2_pattern;

typedef struct {
    bool ignores_case;
    bool dot_matches_newline;
    /// For the program and its state machines together, in bytes.
    int64_t memory;
} cre2_options;

/// Where a group matched: bytes from `start` to `end`; both -1 where it took no part.
typedef struct {
    ptrdiff_t start;
    ptrdiff_t end;
} cre2_range;

/// A compiled pattern, or NULL; then `error` holds why, cut to `capacity` bytes and ended by NUL.
cre2_pattern *cre2_compile(
    const char *pattern, size_t count, cre2_options options, char *error, size_t capacity);

void cre2_free(cre2_pattern *pattern);

/// How many groups in brackets the pattern has, the whole match not counted.
int cre2_group_count(const cre2_pattern *pattern);

/// Whether the pattern matches anywhere in the text.
bool cre2_matches(const cre2_pattern *pattern, const char *text, size_t count);

/// Finds the first match that begins at `start` or later; `ranges` holds the whole match and then the groups.
bool cre2_find(
    const cre2_pattern *pattern, const char *text, size_t count, size_t start, cre2_range *ranges, int range_count);

#ifdef __cplusplus
}
#endif

#endif

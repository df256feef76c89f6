#include "cre2.h"

#include <re2/re2.h>

#include <cstring>
#include <new>
#include <vector>

struct cre2_pattern {
    RE2 expression;
    cre2_pattern(const re2::StringPiece &text, const RE2::Options &options) : expression(text, options) {}
};

namespace {

void copy_text(const char *text, char *target, size_t capacity) {
    if (capacity == 0) return;
    std::strncpy(target, text, capacity - 1);
    target[capacity - 1] = 0;
}

}  // namespace

// No exception may reach Swift: the only one there is, of memory that cannot be had, becomes a failure.

cre2_pattern *cre2_compile(
    const char *pattern, size_t count, cre2_options options, char *error, size_t capacity) {
    RE2::Options settings;
    settings.set_log_errors(false);
    settings.set_case_sensitive(!options.ignores_case);
    settings.set_dot_nl(options.dot_matches_newline);
    settings.set_max_mem(options.memory);
    try {
        cre2_pattern *compiled = new cre2_pattern(re2::StringPiece(pattern, count), settings);
        if (compiled->expression.ok()) return compiled;
        copy_text(compiled->expression.error().c_str(), error, capacity);
        delete compiled;
    } catch (const std::bad_alloc &) {
        copy_text("not enough memory", error, capacity);
    }
    return nullptr;
}

void cre2_free(cre2_pattern *pattern) { delete pattern; }

int cre2_group_count(const cre2_pattern *pattern) { return pattern->expression.NumberOfCapturingGroups(); }

bool cre2_matches(const cre2_pattern *pattern, const char *text, size_t count) {
    if (count == 0) text = "";
    try {
        return pattern->expression.Match(
            re2::StringPiece(text, count), 0, count, RE2::UNANCHORED, nullptr, 0);
    } catch (const std::bad_alloc &) {
        return false;
    }
}

bool cre2_find(
    const cre2_pattern *pattern, const char *text, size_t count, size_t start, cre2_range *ranges, int range_count) {
    // An empty text may come without an address, by which RE2 marks groups that took no part.
    if (count == 0) text = "";
    try {
        std::vector<re2::StringPiece> groups(static_cast<size_t>(range_count));
        if (!pattern->expression.Match(
                re2::StringPiece(text, count), start, count, RE2::UNANCHORED, groups.data(), range_count)) {
            return false;
        }
        for (int index = 0; index < range_count; index++) {
            const re2::StringPiece &group = groups[static_cast<size_t>(index)];
            if (group.data() == nullptr) {
                ranges[index] = {-1, -1};
            } else {
                ptrdiff_t offset = group.data() - text;
                ranges[index] = {offset, offset + static_cast<ptrdiff_t>(group.size())};
            }
        }
        return true;
    } catch (const std::bad_alloc &) {
        return false;
    }
}

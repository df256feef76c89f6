#ifndef WATCHFLOOR_DETECTION_RULES_H
#define WATCHFLOOR_DETECTION_RULES_H

#include <stddef.h>

/// A built-in rule: its file's name without the extension, and the file's text, which a zero byte ends.
struct detection_rule {
    const char *name;
    const unsigned char *text;
};

extern const struct detection_rule *const detection_rules;
extern const size_t detection_rule_count;

#endif

#include "CByteScan.h"

#include <string.h>

// Of 64 bytes, one bit each.
struct masks {
    uint64_t quotes, backslashes, opening, closing;
};

#if defined(__SSE2__)

static uint64_t bits(__m128i marks, int place) { return (uint64_t)(uint32_t)_mm_movemask_epi8(marks) << place; }

static struct masks masks_of(const uint8_t *bytes) {
    struct masks masks = {0, 0, 0, 0};
    for (int place = 0; place < 64; place += 16) {
        __m128i text = _mm_loadu_si128((const __m128i *)(bytes + place));
        // Curly brackets are square ones with this bit.
        __m128i brackets = _mm_or_si128(text, _mm_set1_epi8(0x20));
        masks.quotes |= bits(_mm_cmpeq_epi8(text, _mm_set1_epi8('"')), place);
        masks.backslashes |= bits(_mm_cmpeq_epi8(text, _mm_set1_epi8('\\')), place);
        masks.opening |= bits(_mm_cmpeq_epi8(brackets, _mm_set1_epi8('{')), place);
        masks.closing |= bits(_mm_cmpeq_epi8(brackets, _mm_set1_epi8('}')), place);
    }
    return masks;
}

#else

static struct masks masks_of(const uint8_t *bytes) {
    struct masks masks = {0, 0, 0, 0};
    for (int place = 0; place < 64; place++) {
        uint8_t byte = bytes[place], bracket = byte | 0x20;
        masks.quotes |= (uint64_t)(byte == '"') << place;
        masks.backslashes |= (uint64_t)(byte == '\\') << place;
        masks.opening |= (uint64_t)(bracket == '{') << place;
        masks.closing |= (uint64_t)(bracket == '}') << place;
    }
    return masks;
}

#endif

// What a block leaves to the next.
struct nest {
    int64_t depth;
    uint64_t is_escaped; // Whether the first byte is.
    uint64_t in_string;  // All bits, or none.
};

// The bits of the bytes that a backslash takes the meaning from: those after an odd number of backslashes.
static uint64_t escaped(uint64_t backslashes, uint64_t *is_escaped) {
    if (!backslashes) {
        uint64_t first = *is_escaped;
        *is_escaped = 0;
        return first;
    }
    const uint64_t even = 0x5555555555555555u;
    backslashes &= ~*is_escaped;
    uint64_t after = backslashes << 1 | *is_escaped, odd_starts = backslashes & ~even & ~after, sum;
    *is_escaped = __builtin_add_overflow(odd_starts, backslashes, &sum);
    return (even ^ sum << 1) & after;
}

static uint64_t parity(uint64_t bits) {
    for (int step = 1; step < 64; step *= 2) bits ^= bits << step;
    return bits;
}

// The place after the bracket that ends everything; 0 when it is not in this block.
static int nest_end(struct nest *nest, const uint8_t *block) {
    struct masks masks = masks_of(block);
    uint64_t quotes = masks.quotes & ~escaped(masks.backslashes, &nest->is_escaped);
    uint64_t inside = parity(quotes) ^ nest->in_string;
    nest->in_string = (uint64_t)((int64_t)inside >> 63);
    uint64_t opening = masks.opening & ~inside, closing = masks.closing & ~inside;
    int64_t closes = __builtin_popcountll(closing);
    if (nest->depth > closes) {
        nest->depth += __builtin_popcountll(opening) - closes;
        return 0;
    }
    for (uint64_t both = opening | closing; both; both &= both - 1) {
        nest->depth += opening & both & -both ? 1 : -1;
        if (nest->depth <= 0) return __builtin_ctzll(both) + 1;
    }
    return 0;
}

const uint8_t *byte_scan_nest(const uint8_t *bytes, const uint8_t *end) {
    struct nest nest = {0, 0, 0};
    for (; end - bytes >= 64; bytes += 64) {
        int place = nest_end(&nest, bytes);
        if (place) return bytes + place;
    }
    uint8_t rest[64] = {0};
    memcpy(rest, bytes, (size_t)(end - bytes));
    int place = nest_end(&nest, rest);
    return place ? bytes + place : NULL;
}

static int is_same(const uint8_t *bytes, const uint8_t *text, size_t count) {
    for (size_t index = 0; index < count; index++) {
        uint8_t byte = bytes[index];
        if ((uint8_t)(byte - 'A') < 26) byte |= 0x20;
        if (byte != text[index]) return 0;
    }
    return 1;
}

int byte_scan_contains(const uint8_t *bytes, size_t size, const uint8_t *text, size_t count) {
    if (size < count) return 0;
    size_t position = 0, last = size - count;
#if defined(__SSE2__)
    // Letters with this bit are in lower case; other bytes that it makes the same are told apart afterwards.
    __m128i bit = _mm_set1_epi8(0x20);
    __m128i first = _mm_set1_epi8((char)(text[0] | 0x20)), second = _mm_set1_epi8((char)(text[1] | 0x20));
    for (; position + 17 <= size && position <= last; position += 16) {
        __m128i here = _mm_or_si128(_mm_loadu_si128((const __m128i *)(bytes + position)), bit);
        __m128i next = _mm_or_si128(_mm_loadu_si128((const __m128i *)(bytes + position + 1)), bit);
        uint32_t marks = (uint32_t)_mm_movemask_epi8(
            _mm_and_si128(_mm_cmpeq_epi8(here, first), _mm_cmpeq_epi8(next, second)));
        for (; marks; marks &= marks - 1) {
            size_t place = position + (size_t)__builtin_ctz(marks);
            if (place <= last && is_same(bytes + place, text, count)) return 1;
        }
    }
#endif
    for (; position <= last; position++) {
        if (is_same(bytes + position, text, count)) return 1;
    }
    return 0;
}

int byte_scan_has_unicode_escape(const uint8_t *bytes, size_t size) {
    const uint8_t *end = bytes + size;
    while (bytes < end && (bytes = memchr(bytes, '\\', (size_t)(end - bytes)))) {
        if (end - bytes < 2) return 0;
        if (bytes[1] == 'u') return 1;
        bytes += 2;
    }
    return 0;
}

#pragma once
// Looks at many bytes at a time, by vector instructions that Swift cannot name.

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>

// One bit for each of 16 bytes that is a quote, a backslash, a control character or not ASCII. As signed numbers the
// last two kinds are those below a blank.
static inline uint32_t byte_scan_marks(const uint8_t *_Nonnull bytes) {
    __m128i text = _mm_loadu_si128((const __m128i *)bytes);
    __m128i marks = _mm_or_si128(
        _mm_cmplt_epi8(text, _mm_set1_epi8(0x20)),
        _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('"')), _mm_cmpeq_epi8(text, _mm_set1_epi8('\\'))));
    return (uint32_t)_mm_movemask_epi8(marks);
}

// One bit for each of 16 bytes that is a quote or a backslash.
static inline uint32_t byte_scan_quotes(const uint8_t *_Nonnull bytes) {
    __m128i text = _mm_loadu_si128((const __m128i *)bytes);
    return (uint32_t)_mm_movemask_epi8(
        _mm_or_si128(_mm_cmpeq_epi8(text, _mm_set1_epi8('"')), _mm_cmpeq_epi8(text, _mm_set1_epi8('\\'))));
}

#elif defined(__ARM_NEON)
#include <arm_neon.h>

static inline uint32_t byte_scan_marks(const uint8_t *_Nonnull bytes) {
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t text = vld1q_u8(bytes);
    uint8x16_t marks = vorrq_u8(
        vcltq_s8(vreinterpretq_s8_u8(text), vdupq_n_s8(0x20)),
        vorrq_u8(vceqq_u8(text, vdupq_n_u8('"')), vceqq_u8(text, vdupq_n_u8('\\'))));
    uint8x16_t bits = vandq_u8(marks, vld1q_u8(weights));
    return (uint32_t)vaddv_u8(vget_low_u8(bits)) | (uint32_t)vaddv_u8(vget_high_u8(bits)) << 8;
}

static inline uint32_t byte_scan_quotes(const uint8_t *_Nonnull bytes) {
    static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t text = vld1q_u8(bytes);
    uint8x16_t marks = vorrq_u8(vceqq_u8(text, vdupq_n_u8('"')), vceqq_u8(text, vdupq_n_u8('\\')));
    uint8x16_t bits = vandq_u8(marks, vld1q_u8(weights));
    return (uint32_t)vaddv_u8(vget_low_u8(bits)) | (uint32_t)vaddv_u8(vget_high_u8(bits)) << 8;
}

#else

static inline uint32_t byte_scan_marks(const uint8_t *_Nonnull bytes) {
    uint32_t marks = 0;
    for (int index = 0; index < 16; index++) {
        uint8_t byte = bytes[index];
        marks |= (uint32_t)(byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') << index;
    }
    return marks;
}

static inline uint32_t byte_scan_quotes(const uint8_t *_Nonnull bytes) {
    uint32_t marks = 0;
    for (int index = 0; index < 16; index++) marks |= (uint32_t)(bytes[index] == '"' || bytes[index] == '\\') << index;
    return marks;
}

#endif

// The first byte from here on that is a quote, a backslash, a control character or not ASCII. Reads up to 32 bytes at
// a time: most strings of a log end in the first step, which a processor can foresee.
static inline const uint8_t *_Nonnull byte_scan_plain(const uint8_t *_Nonnull bytes) {
    for (;;) {
        uint32_t marks = byte_scan_marks(bytes) | byte_scan_marks(bytes + 16) << 16;
        if (marks) return bytes + __builtin_ctz(marks);
        bytes += 32;
    }
}

// What follows the array or object of valid JSON that begins here; NULL where it does not end before `end`. Whole
// blocks are looked at: a string's bytes are told from others by the parity of the quotes before them (Langdale and
// Lemire, "Parsing gigabytes of JSON per second", 2019).
const uint8_t *_Nullable byte_scan_nest(const uint8_t *_Nonnull bytes, const uint8_t *_Nonnull end);

// Whether a text of lower-case letters, digits, hyphens and underscores stands in some bytes, its letters in either case.
// `count` is at least 2.
int byte_scan_contains(
    const uint8_t *_Nonnull bytes, size_t size, const uint8_t *_Nonnull text, size_t count);

// Whether there is a backslash with a `u` after it.
int byte_scan_has_unicode_escape(const uint8_t *_Nonnull bytes, size_t size);

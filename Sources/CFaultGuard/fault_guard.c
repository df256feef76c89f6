#define _GNU_SOURCE
#include "CFaultGuard.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// Fewer than the mappings that Linux lets one process have (vm.max_map_count, 65,530).
enum { capacity = 32768 };

enum { unused = 0, changing = 1, guarded = 2, phases = 4 };

// One guarded mapping. The handler may look at it while another thread gives the place to another mapping, so the
// generation, whose last two bits are the phase, is read before and after the range.
typedef struct {
    _Atomic(uint32_t) generation;
    _Atomic(uintptr_t) start;
    _Atomic(uintptr_t) end;
    _Atomic(size_t) first_fault;
} mapping;

static mapping mappings[capacity];
static _Atomic(uint32_t) next_place;
static _Atomic(uint32_t) taken;
static struct sigaction previous;
static uintptr_t page_size;
static pthread_once_t installed = PTHREAD_ONCE_INIT;

// Whether `address` lies in `m`; gives its range.
static int holds(mapping *m, uintptr_t address, uintptr_t *start, uintptr_t *end) {
    uint32_t before = atomic_load(&m->generation);
    if (before % phases != guarded) return 0;
    *start = atomic_load(&m->start);
    *end = atomic_load(&m->end);
    return atomic_load(&m->generation) == before && address >= *start && address < *end;
}

// Puts zeros from the faulting page to the end of the mapping: what follows a missing page is missing too, and one
// call costs the same as one page. The fault is noted first, so that nobody reads a zero and finds no note of it.
static int cover(mapping *m, uintptr_t address, uintptr_t start, uintptr_t end) {
    uintptr_t page = address & ~(page_size - 1);
    size_t offset = page - start, first = atomic_load(&m->first_fault);
    while (offset < first && !atomic_compare_exchange_weak(&m->first_fault, &first, offset)) {}
    void *zeros = mmap((void *)page, end - page, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANON, -1, 0);
    return zeros != MAP_FAILED;
}

static int mend(uintptr_t address) {
    uintptr_t start, end;
    for (int i = 0; i < capacity; i++) {
        if (holds(&mappings[i], address, &start, &end)) return cover(&mappings[i], address, start, end);
    }
    return 0;
}

static void handle(int number, siginfo_t *info, void *context) {
    (void)context;
    int saved = errno;
    int was_sent = info->si_code <= 0 || info->si_code == SI_USER;
    if (was_sent || !mend((uintptr_t)info->si_addr)) {
        // Not ours. A fault happens again as soon as we return; a signal that somebody sent does not.
        sigaction(number, &previous, NULL);
        if (was_sent) raise(number);
    }
    errno = saved;
}

static void install(void) {
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    // Asked for first, so that it is there before our handler can be.
    sigaction(SIGBUS, NULL, &previous);
    struct sigaction action = {0};
    action.sa_sigaction = handle;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}

// Takes an unused place; gives it in the phase `changing`, or -1.
static int take_place(void) {
    if (atomic_fetch_add(&taken, 1) >= capacity) return -1;
    uint32_t hint = atomic_fetch_add(&next_place, 1);
    for (uint32_t i = 0; i < capacity; i++) {
        int place = (int)((hint + i) % capacity);
        _Atomic(uint32_t) *generation = &mappings[place].generation;
        uint32_t seen = atomic_load(generation);
        if (seen % phases == unused && atomic_compare_exchange_strong(generation, &seen, seen + changing)) return place;
    }
    return -1;
}

int fault_guard_add(const void *base, size_t length) {
    pthread_once(&installed, install);
    int place = take_place();
    if (place < 0) {
        atomic_fetch_sub(&taken, 1);
        return -1;
    }
    mapping *m = &mappings[place];
    atomic_store(&m->start, (uintptr_t)base);
    atomic_store(&m->end, ((uintptr_t)base + length + page_size - 1) & ~(page_size - 1));
    atomic_store(&m->first_fault, SIZE_MAX);
    atomic_fetch_add(&m->generation, guarded - changing);
    return place;
}

void fault_guard_remove(int handle) {
    // The next generation: from `guarded` to `unused`.
    atomic_fetch_add(&mappings[handle].generation, phases - guarded);
    atomic_fetch_sub(&taken, 1);
}

ptrdiff_t fault_guard_first_fault(int handle) {
    size_t first = atomic_load(&mappings[handle].first_fault);
    return first == SIZE_MAX ? -1 : (ptrdiff_t)first;
}

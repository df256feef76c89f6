#pragma once
// Keeps the program alive when a file that it has mapped shrinks: the pages that are gone read as zeros.
//
// A signal handler may not run Swift, which is why this is C.

#include <stddef.h>

// Guards a mapping of `length` bytes that begins at `base` (a page's first byte); installs the SIGBUS handler the
// first time. Gives a handle, or -1 when no more mappings can be guarded.
int fault_guard_add(const void *base, size_t length);

// Ends the guard; call it before the mapping is given back.
void fault_guard_remove(int handle);

// The offset, rounded down to a page, of the first byte that was gone when it was read; -1 when none was.
ptrdiff_t fault_guard_first_fault(int handle);

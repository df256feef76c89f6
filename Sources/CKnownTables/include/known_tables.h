#ifndef WATCHFLOOR_KNOWN_TABLES_H
#define WATCHFLOOR_KNOWN_TABLES_H

/// The text of known_tables.txt, which a zero byte ends.
extern const unsigned char *const known_tables;

#endif

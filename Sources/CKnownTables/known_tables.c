#include "known_tables.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char text[] = {
#embed "known_tables.txt"
    , 0};

const unsigned char *const known_tables = text;

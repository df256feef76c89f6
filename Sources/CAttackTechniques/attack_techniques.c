#include "attack_techniques.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char text[] = {
#embed "techniques.txt"
    , 0};

const unsigned char *const attack_techniques = text;

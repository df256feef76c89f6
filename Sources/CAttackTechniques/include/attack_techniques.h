#ifndef WATCHFLOOR_ATTACK_TECHNIQUES_H
#define WATCHFLOOR_ATTACK_TECHNIQUES_H

/// The text of techniques.txt, which a zero byte ends.
extern const unsigned char *const attack_techniques;

#endif

/* names.h: names of people, streets and firms; none of them is anybody's. */
#ifndef PILOTE_GENERATOR_NAMES_H
#define PILOTE_GENERATOR_NAMES_H

#include "bench/generator/works.h"

const char *gen_family_name(int i); /* any i >= 0; the lists repeat */
const char *gen_first_name(int i);
const char *gen_street(int i);
const char *gen_note(int i);
const char *gen_firm(GenRole role); /* to be followed by a number */

/* Text that is valid in a cell, and that careless programs stumble over: quotes, delimiters, line
 * breaks, formulas, markup, scripts that run from right to left, great length. */
const char *gen_hostile(int i);

#endif

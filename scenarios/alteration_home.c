/*
 * alteration_home.c: a temporary home is lost, for good or over a period, or won.
 *
 * The model knows homes with one period each. So a home that is lost in between becomes two of the
 * same id: the one that it was, until then, and one behind the others, from then on.
 */
#include "scenarios/alteration_internal.h"

#include <glib.h>

int home_part(const Operation *op, int home, date_t out) {
    int part = home;
    for (int i = 0; i < op->n_homes && out != DATE_NONE; i++) {
        const Home *other = &op->homes[i];
        if (g_str_equal(other->id, op->homes[home].id) && other->from != DATE_NONE &&
            other->from <= out &&
            (op->homes[part].from == DATE_NONE || op->homes[part].from < other->from))
            part = i;
    }
    return part;
}

/* Stays that have begun belong to the part in which they did. */
static void move_facts(Operation *op) {
    OWN(op, households, op->n_households, 0);
    for (int h = 0; h < op->n_households; h++) {
        const Package *package = household_package(op, h);
        if (package->move_out == NONE)
            continue;
        date_t out = op->households[h].facts[package->move_out].start;
        for (int a = 0; a < package->n_tasks; a++) {
            int home = op->households[h].facts[a].home;
            int part = home != NONE ? home_part(op, home, out) : NONE;
            if (part == home)
                continue;
            Household *household = &op->households[h];
            household->facts = ARENA_COPY(op->arena, household->facts, package->n_tasks, 0);
            household->facts[a].home = part;
        }
    }
}

/* Home i is lost; what is left of it afterwards is added as a home. */
static void lose(Operation *op, int i, const Alteration *alteration) {
    Home before = op->homes[i], after = before;
    date_t last = alteration->from - 1;
    before.until = before.until == DATE_NONE ? last : MIN(before.until, last);
    bool ends = alteration->until != DATE_NONE &&
                (after.until == DATE_NONE || after.until > alteration->until);
    bool begins = after.from == DATE_NONE || after.from <= last;
    if (!begins && after.from > alteration->until && ends)
        return;
    op->homes[i] = before;
    if (!ends)
        return;
    after.from = MAX(after.from, alteration->until + 1);
    /* A household may have gone home on the last day before. */
    if (begins)
        after.from = MAX(after.from, alteration->from + op->turnaround_days);
    OWN(op, homes, op->n_homes, 1);
    op->homes[op->n_homes++] = after;
}

void alter_home(Operation *op, const Alteration *alteration) {
    if (alteration->kind == ALTER_HOME_WON) {
        OWN(op, homes, op->n_homes, 1);
        op->homes[op->n_homes++] = *alteration->home;
        return;
    }
    OWN(op, homes, op->n_homes, 0);
    const char *id = op->homes[alteration->subject].id;
    int n = op->n_homes; /* an earlier change may have made two of it */
    for (int i = 0; i < n; i++)
        if (g_str_equal(op->homes[i].id, id))
            lose(op, i, alteration);
    if (op->n_homes > n)
        move_facts(op);
}

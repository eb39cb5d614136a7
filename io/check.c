#include "io/check.h"

#include "solver/language.h"

static bool fits(const Home *home, const Household *household) {
    return home->rooms >= household->rooms && (home->accessible || !household->accessible);
}

static bool has_home(const Operation *op, int h) {
    const Household *household = &op->households[h];
    if (household_package(op, h)->move_out == NONE || household->relocation == RELOCATION_OWN)
        return true;
    for (int i = 0; i < op->n_homes; i++)
        if (fits(&op->homes[i], household))
            return true;
    return false;
}

void check_operation(const Operation *op, Faults *faults) {
    for (int h = 0; h < op->n_households; h++)
        if (!has_home(op, h))
            faults_say(faults, FAULT_INFEASIBLE, "households.csv", op->households[h].line,
                       _("household '%s': no temporary home has %d rooms and the access it needs"),
                       op->households[h].id, op->households[h].rooms);
}

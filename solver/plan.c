#include "solver/plan.h"

const char *const plan_status_names[] = {
    [PLAN_OPTIMAL] = "optimal", [PLAN_FEASIBLE] = "feasible", [PLAN_INTERRUPTED] = "interrupted"};

double plan_gap(const Plan *plan) {
    return plan->total == 0 ? 0.0 : (double)(plan->total - plan->bound) / (double)plan->total;
}

#include "tests/support/estate.h"

#include "solver/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void add_package(Operation *op) {
    int p = build_package(op, "full");
    build_appointment(op, p, "visit", 90, PILOT);
    build_works(op, p, "move_out", 1, MOVERS);
    build_works(op, p, "kitchen", 2, FITTER);
    build_works(op, p, "move_back", 1, MOVERS);
    build_volume_need(op, p, OUT, LORRY);
    build_volume_need(op, p, BACK, LORRY);
    build_item(op, p, KITCHEN, "kitchen", 1, 1);
    build_moves(op, p, OUT, BACK);
    op->packages[p].tasks[OUT].presence = op->packages[p].tasks[BACK].presence = true;
    build_lag(op, p, VISIT, OUT, 1, NO_LIMIT);
    build_lag(op, p, OUT, KITCHEN, 1, NO_LIMIT);
    build_lag(op, p, KITCHEN, BACK, 2, NO_LIMIT);
}

int estate_set_up(void **state) {
    Operation *op = build_operation();
    build_role(op, "pilot", MEASURE_CLOCK);
    build_role(op, "movers", MEASURE_CREW);
    build_role(op, "lorry", MEASURE_VOLUME);
    build_role(op, "fitter", MEASURE_CREW);
    build_resource(op, PILOT, "paul", 1);
    build_resource(op, PILOT, "anna", 1);
    build_resource(op, MOVERS, "mov", 1);
    build_resource(op, LORRY, "van", 40);
    build_resource(op, FITTER, "fit1", 1);
    build_resource(op, FITTER, "fit2", 1);
    add_package(op);
    build_home(op, "R1");
    build_home(op, "R2");
    Estate *estate = ARENA_NEW(op->arena, Estate, 1);
    estate->op = op;
    estate_add_household(estate, "H1");
    estate_add_household(estate, "H2");
    build_delivery(op, "kitchen", 2, on("2026-09-21"), NONE);
    estate_plan(estate);
    *state = estate;
    return 0;
}

int estate_tear_down(void **state) {
    Estate *estate = *state;
    operation_free(estate->op);
    return 0;
}

int estate_add_household(Estate *estate, const char *id) {
    int h = build_household(estate->op, 0, id);
    estate->op->households[h].volume = 20 * MILLI;
    return h;
}

static bool is_free(const Estate *estate, int h, int a) {
    Status status = estate->op->households[h].facts[a].status;
    return status != STATUS_DONE && status != STATUS_STARTED;
}

static void put_free_works(const Estate *estate, int h, int a, const char *start,
                           const char *finish) {
    if (is_free(estate, h, a)) {
        put_works(estate->plan, h, a, on(start), on(finish));
    }
}

void estate_plan(Estate *estate) {
    Plan *plan = estate->plan = plan_new(estate->op->arena, estate->op);
    static const int serving[] = {PAUL, MOV, VAN, FIT1};
    for (int h = H1; h <= H2; h++) {
        for (int role = PILOT; role <= FITTER; role++) {
            if (plan->households[h].members[role] == NONE) {
                put_member(estate->op, plan, h, serving[role]);
            }
        }
        if (plan->households[h].home == NONE) {
            plan->households[h].home = h == H1 ? R1 : R2;
        }
        if (is_free(estate, h, VISIT)) {
            put_appointment(estate->op, plan, h, VISIT, on("2026-09-14"),
                            h == H1 ? at("09:00") : at("13:30"));
        }
    }
    put_free_works(estate, H1, OUT, "2026-09-21", "2026-09-21");
    put_free_works(estate, H1, KITCHEN, "2026-09-24", "2026-09-25");
    put_free_works(estate, H1, BACK, "2026-09-29", "2026-09-29");
    put_free_works(estate, H2, OUT, "2026-09-22", "2026-09-22");
    put_free_works(estate, H2, KITCHEN, "2026-09-28", "2026-09-29");
    put_free_works(estate, H2, BACK, "2026-10-02", "2026-10-02");
}

static Verdict *judge(const Estate *estate) {
    return verify_plan(estate->op, estate->previous, estate->plan, false);
}

static void print_violations(const Verdict *verdict) {
    for (int i = 0; i < verdict->n_violations; i++) {
        print_message("%s: %s\n", verdict->violations[i].constraint,
                      verdict->violations[i].message);
    }
}

void assert_kept(const Estate *estate) {
    Verdict *verdict = judge(estate);
    int n = verdict->n_violations;
    print_violations(verdict);
    verdict_free(verdict);
    assert_int_equal(n, 0);
}

void assert_broken(const Estate *estate, const char *constraint, ...) {
    Verdict *verdict = judge(estate);
    if (verdict->n_violations != 1) {
        print_violations(verdict);
        int n = verdict->n_violations;
        verdict_free(verdict);
        fail_msg("one violation of %s was expected, not %d", constraint, n);
    }
    char message[1000];
    snprintf(message, sizeof message, "%s", verdict->violations[0].message);
    bool right = strcmp(verdict->violations[0].constraint, constraint) == 0;
    print_violations(right ? &(Verdict){.n_violations = 0} : verdict);
    verdict_free(verdict);
    assert_true(right);
    va_list words;
    va_start(words, constraint);
    // NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): assert_true() may not return
    for (const char *word; (word = va_arg(words, const char *)) != NULL;) {
        if (strstr(message, word) == NULL) {
            fail_msg("'%s' is missing in: %s", word, message);
        }
    }
    va_end(words);
}

int count_broken(const Estate *estate, const char *constraint) {
    Verdict *verdict = judge(estate);
    int n = 0;
    for (int i = 0; i < verdict->n_violations; i++) {
        n += strcmp(verdict->violations[i].constraint, constraint) == 0 ? 1 : 0;
    }
    verdict_free(verdict);
    return n;
}

cost_t cost_of(const Estate *estate, Part part) {
    Verdict *verdict = judge(estate);
    cost_t cost = verdict->parts[part];
    verdict_free(verdict);
    return cost;
}

/* What conflicts teach, and what is forgotten again; see logic.h. */
#include "solver/search/logic_internal.h"

#include <limits.h>

/* Marks the steps of the claims; returns how many new ones are of the present level. */
static int mark(Logic *logic, const GArray *claims) {
    int present = 0;
    for (guint i = 0; i < claims->len; i++) {
        Claim claim = g_array_index(claims, Claim, i);
        int at = logic_step_of(logic, claim);
        Step *step = at == NOWHERE ? NULL : logic_step(logic, at);
        if (step == NULL || step->level == ROOT) {
            continue;
        }
        logic_bump(logic, claim);
        if (!step->marked) {
            step->marked = true;
            step->needed = claim.value;
            present += step->level == logic_level(logic);
            if (step->level < logic_level(logic)) {
                g_array_append_val(logic->lower, at);
            }
        }
        step->needed = MAX(step->needed, claim.value);
    }
    logic->work += claims->len;
    return present;
}

static int top_level(const Logic *logic) {
    int top = ROOT;
    for (guint i = 0; i < logic->conflict->len; i++) {
        int at = logic_step_of(logic, g_array_index(logic->conflict, Claim, i));
        top = at == NOWHERE ? top : MAX(top, logic_step(logic, at)->level);
    }
    return top;
}

/* The last step of the present level without which there would be no conflict; all that the
 * conflict needs besides is in `lower`. */
static int find_turn(Logic *logic) {
    g_array_set_size(logic->lower, 0);
    int present = mark(logic, logic->conflict);
    int i = (int)logic->steps->len - 1;
    for (;; i--) {
        Step *step = logic_step(logic, i);
        if (!step->marked) {
            continue;
        }
        if (present == 1) {
            return i;
        }
        step->marked = false;
        g_array_set_size(logic->because, 0);
        logic_explain(logic, (Claim){step->side, step->needed}, step->cause, step->at, step->n,
                      logic->because);
        present += mark(logic, logic->because) - 1;
    }
}

/* Do other marked steps make this one needless? */
static bool follows_from_marked(Logic *logic, const Step *step) {
    if (step->cause == CAUSE_DECIDED) {
        return false;
    }
    g_array_set_size(logic->because, 0);
    logic_explain(logic, (Claim){step->side, step->needed}, step->cause, step->at, step->n,
                  logic->because);
    for (guint i = 0; i < logic->because->len; i++) {
        Claim claim = g_array_index(logic->because, Claim, i);
        int at = logic_step_of(logic, claim);
        const Step *other = at == NOWHERE ? NULL : logic_step(logic, at);
        if (other != NULL && other->level != ROOT &&
            !(other->marked && other->needed >= claim.value)) {
            return false;
        }
    }
    return true;
}

/* What the conflict needs, the turn first, without what follows from the rest; the marks are taken
 * back. */
static void collect_needed(Logic *logic, int turn) {
    Step *last = logic_step(logic, turn);
    Claim claim = {last->side, last->needed};
    g_array_set_size(logic->fresh, 0);
    g_array_append_val(logic->fresh, claim);
    logic->strongest[claim.side] = claim.value;
    for (guint i = 0; i < logic->lower->len; i++) {
        const Step *step = logic_step(logic, g_array_index(logic->lower, int, i));
        if (!follows_from_marked(logic, step)) {
            claim = (Claim){step->side, step->needed};
            g_array_append_val(logic->fresh, claim);
            logic->strongest[claim.side] = MAX(logic->strongest[claim.side], claim.value);
        }
    }
    last->marked = false;
    for (guint i = 0; i < logic->lower->len; i++) {
        logic_step(logic, g_array_index(logic->lower, int, i))->marked = false;
    }
    guint kept = 0;
    for (guint i = 0; i < logic->fresh->len; i++) {
        claim = g_array_index(logic->fresh, Claim, i);
        if (claim.value == logic->strongest[claim.side]) {
            g_array_index(logic->fresh, Claim, kept++) = claim;
        }
    }
    g_array_set_size(logic->fresh, kept);
    claim = g_array_index(logic->fresh, Claim, 0);
    logic->strongest[last->side] = INT_MIN;
    for (guint i = 0; i < logic->lower->len; i++) {
        logic->strongest[logic_step(logic, g_array_index(logic->lower, int, i))->side] = INT_MIN;
    }
}

/* Puts the claim of the highest level but the first one to place 1; returns that level. */
static int order_fresh(Logic *logic) {
    int level = ROOT;
    for (guint i = 1; i < logic->fresh->len; i++) {
        Claim claim = g_array_index(logic->fresh, Claim, i);
        int of = logic_step(logic, logic_step_of(logic, claim))->level;
        if (of > level) {
            level = of;
            g_array_index(logic->fresh, Claim, i) = g_array_index(logic->fresh, Claim, 1);
            g_array_index(logic->fresh, Claim, 1) = claim;
        }
    }
    return level;
}

static int count_levels(const Logic *logic) {
    int n = 0;
    int *levels = g_new(int, logic->fresh->len);
    for (guint i = 0; i < logic->fresh->len; i++) {
        Claim claim = g_array_index(logic->fresh, Claim, i);
        int level = logic_step(logic, logic_step_of(logic, claim))->level;
        int j = 0;
        for (; j < n && levels[j] != level; j++) {
        }
        levels[j] = level;
        n = MAX(n, j + 1);
    }
    g_free(levels);
    return n;
}

bool logic_learn(Logic *logic) {
    int top = top_level(logic);
    if (top == ROOT) {
        logic->refuted = true;
        return false;
    }
    logic_go_back(logic, top);
    collect_needed(logic, find_turn(logic));
    Clause clause = {NULL, (int)logic->fresh->len, count_levels(logic)};
    logic_go_back(logic, order_fresh(logic));
    Claim turned = logic_contrary(g_array_index(logic->fresh, Claim, 0));
    logic->increment /= 0.95;
    if (clause.n == 1) {
        return logic_lift(logic, turned, CAUSE_DECIDED, 0, 0);
    }
    clause.claims = g_new(Claim, clause.n);
    for (int i = 0; i < clause.n; i++) {
        clause.claims[i] = logic_contrary(g_array_index(logic->fresh, Claim, i));
    }
    int c = (int)logic->clauses->len;
    g_array_append_val(logic->clauses, clause);
    logic_watch(logic, c, clause.claims[0], clause.claims[1]);
    logic_watch(logic, c, clause.claims[1], clause.claims[0]);
    return logic_lift(logic, turned, CAUSE_CLAUSE, c, 0);
}

/* ---- Forgetting -------------------------------------------------------------------------- */

static bool holds_anyway(const Logic *logic, const Clause *clause) {
    for (int i = 0; i < clause->n; i++) {
        if (claim_holds(logic, clause->claims[i])) {
            return true;
        }
    }
    return false;
}

/* Without decisions: watches two claims that may still hold. */
static void watch_anew(Logic *logic, int c) {
    Clause *clause = logic_clause(logic, c);
    int n = 0;
    for (int i = 0; i < clause->n && n < 2; i++) {
        if (!claim_fails(logic, clause->claims[i])) {
            Claim swap = clause->claims[n];
            clause->claims[n++] = clause->claims[i];
            clause->claims[i] = swap;
        }
    }
    logic_watch(logic, c, clause->claims[0], clause->claims[1]);
    logic_watch(logic, c, clause->claims[1], clause->claims[0]);
}

void logic_forget(Logic *logic) {
    enum { FEW_LEVELS = 3 };
    guint kept = 0;
    for (int s = 0; s < logic->n_sides; s++) {
        g_array_set_size(logic->watches[s], 0);
    }
    int levels = 0;
    for (guint c = 0; c < logic->clauses->len; c++) {
        levels += logic_clause(logic, (int)c)->levels;
    }
    int mean = levels / (int)MAX(logic->clauses->len, 1);
    for (guint c = 0; c < logic->clauses->len; c++) {
        Clause clause = *logic_clause(logic, (int)c);
        bool weak = clause.levels > MAX(FEW_LEVELS, mean) ||
                    (clause.levels == mean && mean > FEW_LEVELS && c % 2 == 0);
        if (weak || holds_anyway(logic, &clause)) {
            g_free(clause.claims);
            continue;
        }
        *logic_clause(logic, (int)kept) = clause;
        watch_anew(logic, (int)kept++);
    }
    g_array_set_size(logic->clauses, kept);
    logic->most_clauses += logic->most_clauses / 20;
}

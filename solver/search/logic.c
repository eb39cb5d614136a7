#include "solver/search/logic.h"

#include <glib.h>
#include <limits.h>

enum { NOWHERE = -1, ROOT = 0 };

/* Why a bound was raised. */
typedef enum Cause { CAUSE_DECIDED, CAUSE_CLAUSE, CAUSE_LAG, CAUSE_GIVEN } Cause;

/* A bound that was raised. */
typedef struct Step {
    int side, old, value;
    int before; /* the side's step before, or NOWHERE */
    int level;
    Cause cause;
    int at, n;   /* the clause, the lag, or the first of n claims in `given` */
    bool marked; /* part of the conflict that is looked at */
    int needed;  /* then: the value that it needs of this step */
} Step;

typedef struct Lag {
    int from, to, add;
    Claim condition;
} Lag;

/* At least one of its claims holds. The first two are watched. */
typedef struct Clause {
    Claim *claims;
    int n;
    int levels; /* on so many levels its claims failed when it was learned */
} Clause;

/* A clause to look at once the bound of a side has reached a value: then a watched claim fails. */
typedef struct Watch {
    int clause, value;
    Claim other; /* another claim of the clause: while it holds there is nothing to do */
} Watch;

struct Logic {
    int n_sides;
    int *bound, *root; /* per side: now, and at first */
    int *last;         /* per side: its last step, or NOWHERE */
    bool *moved;       /* per side, see logic_has_moved() */
    LogicRule *rule;
    void *context;
    GArray *lags;         /* of Lag */
    GArray **lags_from;   /* per side: of int */
    GArray **lags_asking; /* per side: lags whose condition is a claim of that side */
    GArray *clauses;      /* of Clause */
    GArray **watches;     /* per side: of Watch */
    GArray *steps;        /* of Step */
    GArray *given;        /* of Claim */
    GArray *levels;       /* of int: the first step of level 1, 2, ... */
    GArray *conflict;     /* of Claim: hold and cannot hold together */
    GArray *lower;        /* of int: steps of lower levels that the conflict needs */
    GArray *because;      /* of Claim: scratch */
    GArray *fresh;        /* of Claim: of the clause that is learned, contrary */
    guint head;           /* steps that have been followed up */
    bool refuted;         /* nothing is possible */
    double work;
    /* Decisions: an atom says that a number is at least a value above its least one. */
    int n_atoms;
    int *first_atom; /* per number: that of root + 1 */
    int *number_of;  /* per atom */
    double *activity;
    int *heap, *place, n_heap; /* atoms by activity; place NOWHERE: not in it */
    double increment;
    int most_clauses;
    int *strongest; /* per side: scratch, INT_MIN */
};

/* ---- Claims ------------------------------------------------------------------------------- */

Claim logic_contrary(Claim claim) {
    return (Claim){claim.side ^ 1, 1 - claim.value};
}

const int *logic_bounds(const Logic *logic) {
    return logic->bound;
}

static bool holds(const Logic *logic, Claim claim) {
    return logic->bound[claim.side] >= claim.value;
}

static bool fails(const Logic *logic, Claim claim) {
    return logic->bound[claim.side ^ 1] >= 1 - claim.value;
}

bool logic_has_moved(Logic *logic, int side) {
    bool moved = logic->moved[side];
    logic->moved[side] = false;
    return moved;
}

double logic_work(const Logic *logic) {
    return logic->work;
}

void logic_add_work(Logic *logic, double work) {
    logic->work += work;
}

static Step *step_at(const Logic *logic, int i) {
    return &g_array_index(logic->steps, Step, i);
}

static Clause *clause_at(const Logic *logic, int i) {
    return &g_array_index(logic->clauses, Clause, i);
}

/* The step by which the claim came to hold; NOWHERE when it always did. */
static int step_of(const Logic *logic, Claim claim) {
    int i = logic->last[claim.side];
    while (i != NOWHERE && step_at(logic, i)->old >= claim.value) {
        i = step_at(logic, i)->before;
    }
    return i;
}

static int level_now(const Logic *logic) {
    return (int)logic->levels->len;
}

/* ---- The heap of atoms ------------------------------------------------------------------- */

static void put_in_heap(Logic *logic, int i, int atom) {
    logic->heap[i] = atom;
    logic->place[atom] = i;
}

static void rise(Logic *logic, int i) {
    int atom = logic->heap[i];
    while (i > 0) {
        int parent = (i - 1) / 2;
        if (logic->activity[logic->heap[parent]] >= logic->activity[atom]) {
            break;
        }
        put_in_heap(logic, i, logic->heap[parent]);
        i = parent;
    }
    put_in_heap(logic, i, atom);
}

static void sink(Logic *logic, int i) {
    int atom = logic->heap[i];
    for (;;) {
        int child = 2 * i + 1;
        if (child >= logic->n_heap) {
            break;
        }
        if (child + 1 < logic->n_heap &&
            logic->activity[logic->heap[child + 1]] > logic->activity[logic->heap[child]]) {
            child++;
        }
        if (logic->activity[logic->heap[child]] <= logic->activity[atom]) {
            break;
        }
        put_in_heap(logic, i, logic->heap[child]);
        i = child;
    }
    put_in_heap(logic, i, atom);
}

static void remember_atom(Logic *logic, int atom) {
    if (logic->place[atom] == NOWHERE && logic->activity[atom] > 0) {
        put_in_heap(logic, logic->n_heap, atom);
        rise(logic, logic->n_heap++);
    }
}

static int take_atom(Logic *logic) {
    int atom = logic->heap[0];
    logic->place[atom] = NOWHERE;
    logic->n_heap--;
    if (logic->n_heap > 0) {
        put_in_heap(logic, 0, logic->heap[logic->n_heap]);
        sink(logic, 0);
    }
    return atom;
}

/* The atom that the claim or its contrary is; NOWHERE for one that never changes. */
static int atom_of(const Logic *logic, Claim claim) {
    Claim least = claim.side % 2 == 0 ? claim : logic_contrary(claim);
    int i = least.value - logic->root[least.side] - 1;
    bool varies = i >= 0 && least.value <= -logic->root[least.side ^ 1];
    return varies ? logic->first_atom[least.side / 2] + i : NOWHERE;
}

static void make_activities_small(Logic *logic) {
    for (int i = 0; i < logic->n_atoms; i++) {
        logic->activity[i] *= 1e-100;
    }
    logic->increment *= 1e-100;
}

static void bump(Logic *logic, Claim claim) {
    int atom = atom_of(logic, claim);
    if (atom == NOWHERE) {
        return;
    }
    logic->activity[atom] += logic->increment;
    if (logic->activity[atom] > 1e100) {
        make_activities_small(logic);
    }
    if (logic->place[atom] != NOWHERE) {
        rise(logic, logic->place[atom]);
    } else {
        remember_atom(logic, atom);
    }
}

/* ---- Steps ------------------------------------------------------------------------------- */

/* The claims that made side >= value, where the cause raised it at least so far. */
static void explain(const Logic *logic, Claim claim, Cause cause, int at, int n, GArray *claims) {
    if (cause == CAUSE_CLAUSE) {
        const Clause *clause = clause_at(logic, at);
        for (int i = 0; i < clause->n; i++) {
            if (clause->claims[i].side != claim.side) {
                Claim contrary = logic_contrary(clause->claims[i]);
                g_array_append_val(claims, contrary);
            }
        }
    } else if (cause == CAUSE_LAG) {
        const Lag *lag = &g_array_index(logic->lags, Lag, at);
        Claim from = {lag->from, claim.value - lag->add};
        g_array_append_val(claims, from);
        if (lag->condition.side != NOWHERE) {
            g_array_append_val(claims, lag->condition);
        }
    } else if (cause == CAUSE_GIVEN) {
        g_array_append_vals(claims, &g_array_index(logic->given, Claim, at), (guint)n);
    }
}

/* Raises a bound; false when that contradicts the other side of the number. */
static bool lift(Logic *logic, Claim claim, Cause cause, int at, int n) {
    if (holds(logic, claim)) {
        return true;
    }
    if (fails(logic, claim)) {
        /* A lag would have contradicted with less. */
        int least = cause == CAUSE_LAG ? 1 - logic->bound[claim.side ^ 1] : claim.value;
        Claim enough = {claim.side, least};
        g_array_set_size(logic->conflict, 0);
        explain(logic, enough, cause, at, n, logic->conflict);
        enough = logic_contrary(enough);
        g_array_append_val(logic->conflict, enough);
        return false;
    }
    Step step = {.side = claim.side,
                 .old = logic->bound[claim.side],
                 .value = claim.value,
                 .before = logic->last[claim.side],
                 .level = level_now(logic),
                 .cause = cause,
                 .at = at,
                 .n = n};
    logic->last[claim.side] = (int)logic->steps->len;
    logic->bound[claim.side] = claim.value;
    logic->moved[claim.side] = true;
    g_array_append_val(logic->steps, step);
    return true;
}

bool logic_infer(Logic *logic, Claim claim, const Claim *because, int n) {
    if (holds(logic, claim)) {
        return true;
    }
    int at = (int)logic->given->len;
    g_array_append_vals(logic->given, because, (guint)n);
    return lift(logic, claim, CAUSE_GIVEN, at, n);
}

bool logic_refute(Logic *logic, const Claim *claims, int n) {
    g_array_set_size(logic->conflict, 0);
    g_array_append_vals(logic->conflict, claims, (guint)n);
    return false;
}

static void go_back(Logic *logic, int level) {
    if (level_now(logic) <= level) {
        return;
    }
    int begin = g_array_index(logic->levels, int, level);
    for (int i = (int)logic->steps->len - 1; i >= begin; i--) {
        const Step *step = step_at(logic, i);
        logic->bound[step->side] = step->old;
        logic->last[step->side] = step->before;
        logic->moved[step->side] = true;
        if (step->cause == CAUSE_GIVEN) {
            g_array_set_size(logic->given, (guint)step->at);
        }
        int number = step->side / 2;
        int first = logic->first_atom[number] - logic->root[2 * number] - 1;
        int from = step->side % 2 == 0 ? step->old + 1 : 1 - step->value;
        int until = step->side % 2 == 0 ? step->value : -step->old;
        for (int value = from; value <= until; value++) {
            remember_atom(logic, first + value);
        }
        logic->work += until - from;
    }
    g_array_set_size(logic->steps, (guint)begin);
    g_array_set_size(logic->levels, (guint)level);
    logic->head = MIN(logic->head, logic->steps->len);
}

/* ---- What follows ------------------------------------------------------------------------ */

static bool follow_lag(Logic *logic, int l) {
    const Lag *lag = &g_array_index(logic->lags, Lag, l);
    bool asks = lag->condition.side != NOWHERE;
    Claim claim = {lag->to, logic->bound[lag->from] + lag->add};
    if (!asks || holds(logic, lag->condition)) {
        return lift(logic, claim, CAUSE_LAG, l, 0);
    }
    if (!fails(logic, lag->condition) && fails(logic, claim)) {
        Claim least = {lag->to, 1 - logic->bound[lag->to ^ 1]};
        Claim because[] = {{lag->from, least.value - lag->add}, logic_contrary(least)};
        return logic_infer(logic, logic_contrary(lag->condition), because, 2);
    }
    return true;
}

static bool follow_lags(Logic *logic, const GArray *lags) {
    logic->work += lags->len;
    for (guint i = 0; i < lags->len; i++) {
        if (!follow_lag(logic, g_array_index(lags, int, i))) {
            return false;
        }
    }
    return true;
}

static void watch(Logic *logic, int c, Claim claim, Claim other) {
    Claim contrary = logic_contrary(claim);
    Watch item = {c, contrary.value, other};
    g_array_append_val(logic->watches[contrary.side], item);
}

/* One of the clause's watched claims fails, namely one of the contrary's side. Finds another claim
 * to watch, true when there is one; else the one that is left is claims[0]. */
static bool watch_another(Logic *logic, int c, Claim failed) {
    Clause *clause = clause_at(logic, c);
    Claim *claims = clause->claims;
    if (claims[0].side == failed.side && claims[0].value == failed.value) {
        claims[0] = claims[1];
        claims[1] = failed;
    }
    for (int i = 2; i < clause->n; i++) {
        if (!fails(logic, claims[i])) {
            Claim swap = claims[1];
            claims[1] = claims[i];
            claims[i] = swap;
            watch(logic, c, claims[1], claims[0]);
            logic->work += i;
            return true;
        }
    }
    logic->work += clause->n;
    return false;
}

static bool follow_clauses(Logic *logic, int side) {
    GArray *watches = logic->watches[side];
    guint kept = 0;
    guint i = 0;
    bool fine = true;
    logic->work += watches->len / 2.0;
    for (; i < watches->len && fine; i++) {
        Watch item = g_array_index(watches, Watch, i);
        if (logic->bound[side] < item.value || holds(logic, item.other)) {
            g_array_index(watches, Watch, kept++) = item;
            continue;
        }
        Claim failed = logic_contrary((Claim){side, item.value});
        if (watch_another(logic, item.clause, failed)) {
            continue;
        }
        Claim left = clause_at(logic, item.clause)->claims[0];
        item.other = left;
        g_array_index(watches, Watch, kept++) = item;
        fine = lift(logic, left, CAUSE_CLAUSE, item.clause, 0);
    }
    for (; i < watches->len; i++) {
        g_array_index(watches, Watch, kept++) = g_array_index(watches, Watch, i);
    }
    g_array_set_size(watches, kept);
    return fine;
}

static bool follow_all(Logic *logic) {
    for (;;) {
        while (logic->head < logic->steps->len) {
            int side = step_at(logic, (int)logic->head++)->side;
            if (!follow_lags(logic, logic->lags_from[side]) ||
                !follow_lags(logic, logic->lags_asking[side]) || !follow_clauses(logic, side)) {
                return false;
            }
        }
        if (logic->rule == NULL) {
            return true;
        }
        guint before = logic->steps->len;
        if (!logic->rule(logic->context, logic)) {
            return false;
        }
        if (logic->steps->len == before) {
            return true;
        }
    }
}

/* ---- Learning ---------------------------------------------------------------------------- */

/* Marks the steps of the claims; returns how many new ones are of the present level. */
static int mark(Logic *logic, const GArray *claims) {
    int present = 0;
    for (guint i = 0; i < claims->len; i++) {
        Claim claim = g_array_index(claims, Claim, i);
        int at = step_of(logic, claim);
        Step *step = at == NOWHERE ? NULL : step_at(logic, at);
        if (step == NULL || step->level == ROOT) {
            continue;
        }
        bump(logic, claim);
        if (!step->marked) {
            step->marked = true;
            step->needed = claim.value;
            present += step->level == level_now(logic);
            if (step->level < level_now(logic)) {
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
        int at = step_of(logic, g_array_index(logic->conflict, Claim, i));
        top = at == NOWHERE ? top : MAX(top, step_at(logic, at)->level);
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
        Step *step = step_at(logic, i);
        if (!step->marked) {
            continue;
        }
        if (present == 1) {
            return i;
        }
        step->marked = false;
        g_array_set_size(logic->because, 0);
        explain(logic, (Claim){step->side, step->needed}, step->cause, step->at, step->n,
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
    explain(logic, (Claim){step->side, step->needed}, step->cause, step->at, step->n,
            logic->because);
    for (guint i = 0; i < logic->because->len; i++) {
        Claim claim = g_array_index(logic->because, Claim, i);
        int at = step_of(logic, claim);
        const Step *other = at == NOWHERE ? NULL : step_at(logic, at);
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
    Step *last = step_at(logic, turn);
    Claim claim = {last->side, last->needed};
    g_array_set_size(logic->fresh, 0);
    g_array_append_val(logic->fresh, claim);
    logic->strongest[claim.side] = claim.value;
    for (guint i = 0; i < logic->lower->len; i++) {
        const Step *step = step_at(logic, g_array_index(logic->lower, int, i));
        if (!follows_from_marked(logic, step)) {
            claim = (Claim){step->side, step->needed};
            g_array_append_val(logic->fresh, claim);
            logic->strongest[claim.side] = MAX(logic->strongest[claim.side], claim.value);
        }
    }
    last->marked = false;
    for (guint i = 0; i < logic->lower->len; i++) {
        step_at(logic, g_array_index(logic->lower, int, i))->marked = false;
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
        logic->strongest[step_at(logic, g_array_index(logic->lower, int, i))->side] = INT_MIN;
    }
}

/* Puts the claim of the highest level but the first one to place 1; returns that level. */
static int order_fresh(Logic *logic) {
    int level = ROOT;
    for (guint i = 1; i < logic->fresh->len; i++) {
        Claim claim = g_array_index(logic->fresh, Claim, i);
        int of = step_at(logic, step_of(logic, claim))->level;
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
        int level = step_at(logic, step_of(logic, claim))->level;
        int j = 0;
        for (; j < n && levels[j] != level; j++) {
        }
        levels[j] = level;
        n = MAX(n, j + 1);
    }
    g_free(levels);
    return n;
}

/* Learns from the conflict and goes back to where the new clause says something; false when
 * nothing is possible any more. */
static bool learn(Logic *logic) {
    int top = top_level(logic);
    if (top == ROOT) {
        logic->refuted = true;
        return false;
    }
    go_back(logic, top);
    collect_needed(logic, find_turn(logic));
    Clause clause = {NULL, (int)logic->fresh->len, count_levels(logic)};
    go_back(logic, order_fresh(logic));
    Claim turned = logic_contrary(g_array_index(logic->fresh, Claim, 0));
    logic->increment /= 0.95;
    if (clause.n == 1) {
        return lift(logic, turned, CAUSE_DECIDED, 0, 0);
    }
    clause.claims = g_new(Claim, clause.n);
    for (int i = 0; i < clause.n; i++) {
        clause.claims[i] = logic_contrary(g_array_index(logic->fresh, Claim, i));
    }
    int c = (int)logic->clauses->len;
    g_array_append_val(logic->clauses, clause);
    watch(logic, c, clause.claims[0], clause.claims[1]);
    watch(logic, c, clause.claims[1], clause.claims[0]);
    return lift(logic, turned, CAUSE_CLAUSE, c, 0);
}

/* ---- Forgetting -------------------------------------------------------------------------- */

static bool holds_anyway(const Logic *logic, const Clause *clause) {
    for (int i = 0; i < clause->n; i++) {
        if (holds(logic, clause->claims[i])) {
            return true;
        }
    }
    return false;
}

/* Without decisions: watches two claims that may still hold. */
static void watch_anew(Logic *logic, int c) {
    Clause *clause = clause_at(logic, c);
    int n = 0;
    for (int i = 0; i < clause->n && n < 2; i++) {
        if (!fails(logic, clause->claims[i])) {
            Claim swap = clause->claims[n];
            clause->claims[n++] = clause->claims[i];
            clause->claims[i] = swap;
        }
    }
    watch(logic, c, clause->claims[0], clause->claims[1]);
    watch(logic, c, clause->claims[1], clause->claims[0]);
}

/* Without decisions: drops clauses that say nothing, and every other one of those that join many
 * levels. */
static void forget_clauses(Logic *logic) {
    enum { FEW_LEVELS = 3 };
    guint kept = 0;
    for (int s = 0; s < logic->n_sides; s++) {
        g_array_set_size(logic->watches[s], 0);
    }
    int levels = 0;
    for (guint c = 0; c < logic->clauses->len; c++) {
        levels += clause_at(logic, (int)c)->levels;
    }
    int mean = levels / (int)MAX(logic->clauses->len, 1);
    for (guint c = 0; c < logic->clauses->len; c++) {
        Clause clause = *clause_at(logic, (int)c);
        bool weak = clause.levels > MAX(FEW_LEVELS, mean) ||
                    (clause.levels == mean && mean > FEW_LEVELS && c % 2 == 0);
        if (weak || holds_anyway(logic, &clause)) {
            g_free(clause.claims);
            continue;
        }
        *clause_at(logic, (int)kept) = clause;
        watch_anew(logic, (int)kept++);
    }
    g_array_set_size(logic->clauses, kept);
    logic->most_clauses += logic->most_clauses / 20;
}

/* ---- Search ------------------------------------------------------------------------------ */

static void decide(Logic *logic, Claim claim) {
    int begin = (int)logic->steps->len;
    g_array_append_val(logic->levels, begin);
    lift(logic, claim, CAUSE_DECIDED, 0, 0);
}

/* The atom that conflicts have spoken of the most; false when none is open. */
static bool decide_atom(Logic *logic, const int *wish) {
    while (logic->n_heap > 0) {
        int atom = take_atom(logic);
        int v = logic->number_of[atom];
        int value = logic->root[2 * v] + 1 + atom - logic->first_atom[v];
        Claim least = {2 * v, value};
        if (!holds(logic, least) && !fails(logic, least)) {
            decide(logic, wish[v] >= value ? least : logic_contrary(least));
            return true;
        }
    }
    return false;
}

/* Numbers that can be least, at their least value; false when all are decided. */
static bool decide_number(Logic *logic, int n_first, const int *wish) {
    int best = NOWHERE;
    for (int v = 0; v < n_first; v++) {
        int low = logic->bound[2 * v];
        int high = -logic->bound[2 * v + 1];
        if (low < high && (best == NOWHERE || low < logic->bound[2 * best] ||
                           (low == logic->bound[2 * best] && high < -logic->bound[2 * best + 1]))) {
            best = v;
        }
    }
    logic->work += n_first / 2.0;
    for (int v = n_first; v < logic->n_sides / 2 && best == NOWHERE; v++) {
        if (logic->bound[2 * v] < -logic->bound[2 * v + 1]) {
            int value = CLAMP(wish[v], logic->bound[2 * v] + 1, -logic->bound[2 * v + 1]);
            Claim least = {2 * v, value};
            decide(logic, wish[v] >= value ? least : logic_contrary(least));
            return true;
        }
    }
    if (best != NOWHERE) {
        decide(logic, (Claim){2 * best + 1, -logic->bound[2 * best]});
    }
    return best != NOWHERE;
}

/* 1, 1, 2, 1, 1, 2, 4, ... (Luby, Sinclair, Zuckerman 1993). */
static int luby(int i) {
    int k = 1;
    while ((1 << k) - 1 < i + 1) {
        k++;
    }
    while ((1 << k) - 1 != i + 1) {
        i -= (1 << (k - 1)) - 1;
        k = 1;
        while ((1 << k) - 1 < i + 1) {
            k++;
        }
    }
    return 1 << (k - 1);
}

LogicEnd logic_search(Logic *logic, int n_first, const int *wish, double work) {
    enum { CONFLICTS = 100 };
    double end = logic->work + work;
    int restarts = 0;
    int left = CONFLICTS;
    go_back(logic, ROOT);
    while (!logic->refuted) {
        if (!follow_all(logic)) {
            left--;
            if (!learn(logic)) {
                logic->refuted = true;
            }
        } else if (logic->work > end) {
            go_back(logic, ROOT);
            return LOGIC_TIRED;
        } else if (left <= 0) {
            left = CONFLICTS * luby(++restarts);
            go_back(logic, ROOT);
            if (follow_all(logic) && (int)logic->clauses->len > logic->most_clauses) {
                forget_clauses(logic);
            }
        } else if (!decide_atom(logic, wish) && !decide_number(logic, n_first, wish)) {
            return LOGIC_FOUND;
        }
    }
    return LOGIC_NONE;
}

bool logic_demand(Logic *logic, Claim claim) {
    go_back(logic, ROOT);
    if (!logic->refuted && !lift(logic, claim, CAUSE_DECIDED, 0, 0)) {
        logic->refuted = true;
    }
    return !logic->refuted;
}

/* ---- Life -------------------------------------------------------------------------------- */

static GArray **arrays_new(int n) {
    GArray **arrays = g_new(GArray *, n + 1);
    for (int i = 0; i < n; i++) {
        arrays[i] = g_array_new(FALSE, FALSE, sizeof(int));
    }
    return arrays;
}

static void arrays_free(GArray **arrays, int n) {
    for (int i = 0; i < n; i++) {
        g_array_free(arrays[i], TRUE);
    }
    g_free(arrays);
}

static void count_atoms(Logic *logic, int n) {
    logic->first_atom = g_new(int, n + 1);
    for (int v = 0; v < n; v++) {
        logic->first_atom[v] = logic->n_atoms;
        logic->n_atoms += MAX(-logic->root[2 * v + 1] - logic->root[2 * v], 0);
    }
    logic->number_of = g_new(int, logic->n_atoms + 1);
    logic->activity = g_new0(double, logic->n_atoms + 1);
    logic->heap = g_new(int, logic->n_atoms + 1);
    logic->place = g_new(int, logic->n_atoms + 1);
    for (int v = 0; v < n; v++) {
        int count = MAX(-logic->root[2 * v + 1] - logic->root[2 * v], 0);
        for (int i = 0; i < count; i++) {
            logic->number_of[logic->first_atom[v] + i] = v;
        }
    }
    for (int i = 0; i < logic->n_atoms; i++) {
        logic->place[i] = NOWHERE;
    }
}

Logic *logic_new(int n, const int *low, const int *high, LogicRule *rule, void *context) {
    enum { CLAUSES = 4000 };
    Logic *logic = g_new0(Logic, 1);
    logic->n_sides = 2 * n;
    logic->rule = rule;
    logic->context = context;
    logic->bound = g_new(int, 2 * n + 1);
    logic->root = g_new(int, 2 * n + 1);
    logic->last = g_new(int, 2 * n + 1);
    logic->moved = g_new(bool, 2 * n + 1);
    logic->strongest = g_new(int, 2 * n + 1);
    for (int s = 0; s < 2 * n; s++) {
        logic->root[s] = s % 2 == 0 ? low[s / 2] : -high[s / 2];
        logic->bound[s] = logic->root[s];
        logic->last[s] = NOWHERE;
        logic->moved[s] = true;
        logic->strongest[s] = INT_MIN;
        logic->refuted = logic->refuted || low[s / 2] > high[s / 2];
    }
    logic->lags = g_array_new(FALSE, FALSE, sizeof(Lag));
    logic->lags_from = arrays_new(2 * n);
    logic->lags_asking = arrays_new(2 * n);
    logic->clauses = g_array_new(FALSE, FALSE, sizeof(Clause));
    logic->watches = g_new(GArray *, 2 * n + 1);
    for (int s = 0; s < 2 * n; s++) {
        logic->watches[s] = g_array_new(FALSE, FALSE, sizeof(Watch));
    }
    logic->steps = g_array_new(FALSE, FALSE, sizeof(Step));
    logic->given = g_array_new(FALSE, FALSE, sizeof(Claim));
    logic->levels = g_array_new(FALSE, FALSE, sizeof(int));
    logic->conflict = g_array_new(FALSE, FALSE, sizeof(Claim));
    logic->lower = g_array_new(FALSE, FALSE, sizeof(int));
    logic->because = g_array_new(FALSE, FALSE, sizeof(Claim));
    logic->fresh = g_array_new(FALSE, FALSE, sizeof(Claim));
    logic->increment = 1;
    logic->most_clauses = CLAUSES;
    count_atoms(logic, n);
    return logic;
}

void logic_free(Logic *logic) {
    if (logic == NULL) {
        return;
    }
    for (guint c = 0; c < logic->clauses->len; c++) {
        g_free(clause_at(logic, (int)c)->claims);
    }
    arrays_free(logic->lags_from, logic->n_sides);
    arrays_free(logic->lags_asking, logic->n_sides);
    arrays_free(logic->watches, logic->n_sides);
    GArray *const arrays[] = {logic->lags,  logic->clauses, logic->steps,
                              logic->given, logic->levels,  logic->conflict,
                              logic->lower, logic->because, logic->fresh};
    for (size_t i = 0; i < G_N_ELEMENTS(arrays); i++) {
        g_array_free(arrays[i], TRUE);
    }
    g_free(logic->bound);
    g_free(logic->root);
    g_free(logic->last);
    g_free(logic->moved);
    g_free(logic->strongest);
    g_free(logic->first_atom);
    g_free(logic->number_of);
    g_free(logic->activity);
    g_free(logic->heap);
    g_free(logic->place);
    g_free(logic);
}

void logic_add_lag(Logic *logic, int from, int to, int add, Claim condition) {
    Lag lag = {from, to, add, condition};
    int l = (int)logic->lags->len;
    g_array_append_val(logic->lags, lag);
    g_array_append_val(logic->lags_from[from], l);
    if (condition.side != NOWHERE) {
        g_array_append_val(logic->lags_asking[condition.side], l);
        g_array_append_val(logic->lags_from[to ^ 1], l);
    }
    if (!logic->refuted && !follow_lag(logic, l)) {
        logic->refuted = true;
    }
}

#include "solver/search/logic_internal.h"

#include <limits.h>

/* ---- Claims ------------------------------------------------------------------------------- */

Claim logic_contrary(Claim claim) {
    return (Claim){claim.side ^ 1, 1 - claim.value};
}

const int *logic_bounds(const Logic *logic) {
    return logic->bound;
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

void logic_bump(Logic *logic, Claim claim) {
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

void logic_explain(const Logic *logic, Claim claim, Cause cause, int at, int n, GArray *claims) {
    if (cause == CAUSE_CLAUSE) {
        const Clause *clause = logic_clause(logic, at);
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

bool logic_lift(Logic *logic, Claim claim, Cause cause, int at, int n) {
    if (claim_holds(logic, claim)) {
        return true;
    }
    if (claim_fails(logic, claim)) {
        /* A lag would have contradicted with less. */
        int least = cause == CAUSE_LAG ? 1 - logic->bound[claim.side ^ 1] : claim.value;
        Claim enough = {claim.side, least};
        g_array_set_size(logic->conflict, 0);
        logic_explain(logic, enough, cause, at, n, logic->conflict);
        enough = logic_contrary(enough);
        g_array_append_val(logic->conflict, enough);
        return false;
    }
    Step step = {.side = claim.side,
                 .old = logic->bound[claim.side],
                 .value = claim.value,
                 .before = logic->last[claim.side],
                 .level = logic_level(logic),
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
    if (claim_holds(logic, claim)) {
        return true;
    }
    int at = (int)logic->given->len;
    g_array_append_vals(logic->given, because, (guint)n);
    return logic_lift(logic, claim, CAUSE_GIVEN, at, n);
}

bool logic_refute(Logic *logic, const Claim *claims, int n) {
    g_array_set_size(logic->conflict, 0);
    g_array_append_vals(logic->conflict, claims, (guint)n);
    return false;
}

void logic_go_back(Logic *logic, int level) {
    if (logic_level(logic) <= level) {
        return;
    }
    int begin = g_array_index(logic->levels, int, level);
    for (int i = (int)logic->steps->len - 1; i >= begin; i--) {
        const Step *step = logic_step(logic, i);
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
    if (!asks || claim_holds(logic, lag->condition)) {
        return logic_lift(logic, claim, CAUSE_LAG, l, 0);
    }
    if (!claim_fails(logic, lag->condition) && claim_fails(logic, claim)) {
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

void logic_watch(Logic *logic, int c, Claim claim, Claim other) {
    Claim contrary = logic_contrary(claim);
    Watch item = {c, contrary.value, other};
    g_array_append_val(logic->watches[contrary.side], item);
}

/* One of the clause's watched claims fails, namely one of the contrary's side. Finds another claim
 * to watch, true when there is one; else the one that is left is claims[0]. */
static bool watch_another(Logic *logic, int c, Claim failed) {
    Clause *clause = logic_clause(logic, c);
    Claim *claims = clause->claims;
    if (claims[0].side == failed.side && claims[0].value == failed.value) {
        claims[0] = claims[1];
        claims[1] = failed;
    }
    for (int i = 2; i < clause->n; i++) {
        if (!claim_fails(logic, claims[i])) {
            Claim swap = claims[1];
            claims[1] = claims[i];
            claims[i] = swap;
            logic_watch(logic, c, claims[1], claims[0]);
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
        if (logic->bound[side] < item.value || claim_holds(logic, item.other)) {
            g_array_index(watches, Watch, kept++) = item;
            continue;
        }
        Claim failed = logic_contrary((Claim){side, item.value});
        if (watch_another(logic, item.clause, failed)) {
            continue;
        }
        Claim left = logic_clause(logic, item.clause)->claims[0];
        item.other = left;
        g_array_index(watches, Watch, kept++) = item;
        fine = logic_lift(logic, left, CAUSE_CLAUSE, item.clause, 0);
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
            int side = logic_step(logic, (int)logic->head++)->side;
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

/* ---- Search ------------------------------------------------------------------------------ */

static void decide(Logic *logic, Claim claim) {
    int begin = (int)logic->steps->len;
    g_array_append_val(logic->levels, begin);
    logic_lift(logic, claim, CAUSE_DECIDED, 0, 0);
}

/* The atom that conflicts have spoken of the most; false when none is open. */
static bool decide_atom(Logic *logic, const int *wish) {
    while (logic->n_heap > 0) {
        int atom = take_atom(logic);
        int v = logic->number_of[atom];
        int value = logic->root[2 * v] + 1 + atom - logic->first_atom[v];
        Claim least = {2 * v, value};
        if (!claim_holds(logic, least) && !claim_fails(logic, least)) {
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
    logic_go_back(logic, ROOT);
    while (!logic->refuted) {
        if (!follow_all(logic)) {
            left--;
            if (!logic_learn(logic)) {
                logic->refuted = true;
            }
        } else if (logic->work > end) {
            logic_go_back(logic, ROOT);
            return LOGIC_TIRED;
        } else if (left <= 0) {
            left = CONFLICTS * luby(++restarts);
            logic_go_back(logic, ROOT);
            if (follow_all(logic) && (int)logic->clauses->len > logic->most_clauses) {
                logic_forget(logic);
            }
        } else if (!decide_atom(logic, wish) && !decide_number(logic, n_first, wish)) {
            return LOGIC_FOUND;
        }
    }
    return LOGIC_NONE;
}

bool logic_demand(Logic *logic, Claim claim) {
    logic_go_back(logic, ROOT);
    if (!logic->refuted && !logic_lift(logic, claim, CAUSE_DECIDED, 0, 0)) {
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
        g_free(logic_clause(logic, (int)c)->claims);
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

#include "solver/search/reasons.h"

#include "solver/language.h"
#include "solver/search/project.h"

#include <glib.h>
#include <string.h>

struct Reasons {
    const Problem *problem;
    Problem trial;  /* a copy in which one household at a time may be changed */
    Usage *lasting; /* of the facts, in the trial */
    Seeker *seeker;
    uint8_t *open; /* a reception table in which the tenant is always there */
};

Reasons *reasons_new(const Problem *problem) {
    Reasons *reasons = g_new0(Reasons, 1);
    size_t n = (size_t)problem->n_households;
    size_t cells = (size_t)problem->n_days * problem->n_slots;
    reasons->problem = problem;
    reasons->trial = *problem;
    reasons->trial.households = g_memdup2(problem->households, n * sizeof(ProblemHousehold));
    reasons->lasting = usage_new_lasting(&reasons->trial);
    reasons->seeker = seeker_new(&reasons->trial);
    reasons->open = g_malloc(cells);
    memset(reasons->open, RECEPTION_PREFERRED, cells);
    return reasons;
}

void reasons_free(Reasons *reasons) {
    if (reasons == NULL) {
        return;
    }
    usage_free(reasons->lasting);
    seeker_free(reasons->seeker);
    g_free(reasons->trial.households);
    g_free(reasons->open);
    g_free(reasons);
}

/* The household, to be changed until trial_end(). */
static ProblemHousehold *trial_begin(Reasons *reasons, int h) {
    const ProblemHousehold *own = &reasons->problem->households[h];
    ProblemHousehold *household = &reasons->trial.households[h];
    household->free = g_memdup2(own->free, sizeof(FreeTask) * own->n_free);
    household->lags = g_memdup2(own->lags, sizeof(PricingLag) * own->n_lags);
    return household;
}

static void trial_end(Reasons *reasons, int h) {
    g_free(reasons->trial.households[h].free);
    g_free(reasons->trial.households[h].lags);
    reasons->trial.households[h] = reasons->problem->households[h];
}

/* The same by lists, which say more than pricing of works that compete; false when in doubt. */
static bool is_possible_by_lists(const Problem *problem, const Usage *usage, int h) {
    if (!problem->households[h].competes) {
        return false;
    }
    Projects *projects = projects_new(problem);
    Itinerary *itinerary = project_find(projects, usage, h);
    projects_free(projects);
    g_free(itinerary);
    return itinerary != NULL;
}

static bool seek(Reasons *reasons, const Usage *usage, int h, bool quick) {
    enum { NODES = 40 };
    Request request = {.household = h,
                       .usage = usage,
                       .nodes = quick ? 1 : NODES,
                       .quick = quick,
                       .cutoff = COST_INFINITE};
    double value;
    double bound;
    Itinerary *itinerary = cheapest_itinerary(reasons->seeker, &request, &value, &bound);
    g_free(itinerary);
    return itinerary != NULL;
}

/* True when h has an itinerary in what `usage` leaves. Any will do, so the quick way comes first.
 */
static bool is_possible(Reasons *reasons, const Usage *usage, int h) {
    return is_possible_by_lists(&reasons->trial, usage, h) || seek(reasons, usage, h, true) ||
           seek(reasons, usage, h, false);
}

/* The same for the trial's household if it were alone. */
static bool would_do(Reasons *reasons, int h) {
    return is_possible(reasons, reasons->lasting, h);
}

static void add_stock(const Reasons *reasons, int item, milli_t more) {
    const Problem *problem = &reasons->trial;
    for (int p = 0; p < problem->n_pools; p++) {
        size_t first = (size_t)p * problem->need_days;
        for (int t = 0; t < problem->need_days && problem->pools[p].item == item; t++) {
            reasons->lasting->stock_least[first + t] += more;
        }
    }
}

static const char *label_of(const Problem *problem, int h, int k) {
    const Task *task =
        &household_package(problem->op, h)->tasks[problem->households[h].free[k].task];
    return task->label != NULL && task->label[0] != '\0' ? task->label : task->id;
}

/* Collects sentences. */
typedef struct Texts {
    Arena *arena;
    const char **texts;
    int n;
} Texts;

static void tell(Texts *texts, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void tell(Texts *texts, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (texts->n < MOST_REASONS) {
        texts->texts[texts->n++] = arena_strdup(texts->arena, text);
    }
    g_free(text);
}

/* ---- Alone ------------------------------------------------------------------------------- */

static void tell_no_home(Texts *texts, const Household *household) {
    if (household->accessible) {
        tell(texts, _("no temporary home has %d rooms and access without steps"), household->rooms);
    } else {
        tell(texts, _("no temporary home has %d rooms"), household->rooms);
    }
}

/* Tenants: their windows, task by task or all at once, and their absences during works. */
static void try_tenant(Texts *texts, Reasons *reasons, int h) {
    const Problem *problem = reasons->problem;
    int before_all = texts->n;
    ProblemHousehold *household = trial_begin(reasons, h);
    for (int k = 0; k < household->n_free; k++) {
        const uint8_t *before = household->free[k].reception;
        if (!free_template(problem, h, k)->appointment) {
            continue;
        }
        household->free[k].reception = reasons->open;
        if (would_do(reasons, h)) {
            tell(texts, _("the tenant's windows leave no time for '%s'"), label_of(problem, h, k));
        }
        household->free[k].reception = before;
    }
    for (int k = 0; k < household->n_free && texts->n == before_all; k++) {
        if (free_template(problem, h, k)->appointment) {
            household->free[k].reception = reasons->open;
        }
    }
    if (texts->n == before_all && would_do(reasons, h)) {
        tell(texts, _("the tenant's windows leave no time for the appointments"));
    }
    for (int k = 0; k < household->n_free; k++) {
        household->free[k].reception = problem->households[h].free[k].reception;
    }
    if (household->absent != NULL) {
        household->absent = NULL;
        if (would_do(reasons, h)) {
            tell(texts, _("the tenant is absent when works need somebody at home"));
        }
    }
    trial_end(reasons, h);
}

static void try_dates(Texts *texts, Reasons *reasons, int h) {
    const Problem *problem = reasons->problem;
    ProblemHousehold *household = trial_begin(reasons, h);
    for (int i = 0; i < household->n_lags; i++) {
        PricingLag *lag = &household->lags[i];
        bool before = lag->has_max;
        lag->has_max = false;
        if (before && would_do(reasons, h)) {
            tell(texts, _("'%s' cannot come soon enough after '%s'"), label_of(problem, h, lag->to),
                 label_of(problem, h, lag->from));
        }
        lag->has_max = before;
    }
    for (int k = 0; k < household->n_free; k++) {
        household->free[k].release = 0;
    }
    if (would_do(reasons, h)) {
        tell(texts,
             _("notice and the earliest date leave too little time until the horizon's end"));
    }
    trial_end(reasons, h);
}

static void try_items(Texts *texts, Reasons *reasons, int h) {
    const milli_t plenty = (milli_t)1000000 * MILLI;
    const Operation *op = reasons->problem->op;
    for (int item = 0; item < op->n_items; item++) {
        add_stock(reasons, item, plenty);
        if (would_do(reasons, h)) {
            tell(texts, _("'%s' is delivered too late, or too little of it"), op->items[item]);
        }
        add_stock(reasons, item, -plenty);
    }
}

int reasons_alone(Reasons *reasons, int h, Arena *arena, const char **texts, bool *tried) {
    const ProblemHousehold *household = &reasons->problem->households[h];
    bool guess = false;
    tried = tried == NULL ? &guess : tried;
    *tried = true;
    Texts told = {arena, texts, 0};
    if (household->stays && household->n_classes == 0) {
        tell_no_home(&told, &reasons->problem->op->households[h]);
        return told.n;
    }
    if (household->n_free == 0 || (!household->impossible && would_do(reasons, h))) {
        return 0;
    }
    if (!household->impossible) {
        try_tenant(&told, reasons, h);
        try_items(&told, reasons, h);
        try_dates(&told, reasons, h);
    } else {
        tell(&told, _("what is done or started leaves no dates that keep the lags"));
    }
    if (told.n == 0) {
        *tried = false;
        tell(&told,
             _("the horizon is too short for its tasks, or several things are short at once"));
    }
    return told.n;
}

/* ---- Among others ------------------------------------------------------------------------ */

/* What the households of a plan take, and a copy of it of which a part may be given back. */
static Usage *usage_of(const Reasons *reasons, const State *state) {
    const Problem *problem = &reasons->trial;
    Usage *usage = usage_new(problem);
    for (int h = 0; h < problem->n_households; h++) {
        if (state->itineraries[h] != NULL) {
            Itinerary *copy = itinerary_copy(problem, state->itineraries[h]);
            usage_add(usage, copy);
            g_free(copy);
        }
    }
    return usage;
}

static void swap_milli(milli_t *a, milli_t *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        milli_t kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

static void swap_late(int16_t *a, int16_t *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        int16_t kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

/* Exchanges what the two have of the role's members. */
static void swap_role(Usage *a, Usage *b, int role) {
    const Problem *problem = a->problem;
    const Role *of = &problem->op->roles[role];
    size_t days = (size_t)problem->n_days;
    for (int m = 0; m < of->n_members; m++) {
        size_t first = (size_t)of->members[m] * days;
        size_t week = (size_t)of->members[m] * problem->n_weeks;
        swap_milli(&a->left[first], &b->left[first], days);
        swap_late(&a->late[first], &b->late[first], days);
        swap_late(&a->week_late[week], &b->week_late[week], (size_t)problem->n_weeks);
        for (size_t d = first; d < first + days; d++) {
            BookingList kept = a->bookings[d];
            a->bookings[d] = b->bookings[d];
            b->bookings[d] = kept;
        }
    }
}

static void swap_homes(Usage *a, Usage *b) {
    int32_t *kept = a->home_left;
    a->home_left = b->home_left;
    b->home_left = kept;
}

static void swap_item(Usage *a, Usage *b, int item) {
    const Problem *problem = a->problem;
    for (int p = 0; p < problem->n_pools; p++) {
        size_t first = (size_t)p * problem->need_days;
        if (problem->pools[p].item == item) {
            swap_milli(&a->stock_least[first], &b->stock_least[first], (size_t)problem->need_days);
        }
    }
}

static void try_roles(Texts *texts, Reasons *reasons, Usage *taken, int h) {
    const Problem *problem = reasons->problem;
    for (int role = 0; role < problem->n_roles; role++) {
        swap_role(taken, reasons->lasting, role);
        if (is_possible(reasons, taken, h)) {
            const char *name = problem->op->roles[role].id;
            if (problem->op->roles[role].measure == MEASURE_CLOCK) {
                tell(texts, _("the agenda of '%s' is full when the tenant can receive"), name);
            } else {
                tell(texts, _("too few of '%s': the others need all there are"), name);
            }
        }
        swap_role(taken, reasons->lasting, role);
    }
}

static void try_shared(Texts *texts, Reasons *reasons, Usage *taken, int h) {
    const Operation *op = reasons->problem->op;
    swap_homes(taken, reasons->lasting);
    if (is_possible(reasons, taken, h)) {
        tell(texts, _("all temporary homes that suit are taken"));
    }
    swap_homes(taken, reasons->lasting);
    for (int item = 0; item < op->n_items; item++) {
        swap_item(taken, reasons->lasting, item);
        if (is_possible(reasons, taken, h)) {
            tell(texts, _("all that is delivered of '%s' is needed by others"), op->items[item]);
        }
        swap_item(taken, reasons->lasting, item);
    }
}

int reasons_among_others(Reasons *reasons, const State *state, int h, Arena *arena,
                         const char **texts) {
    Texts told = {arena, texts, reasons_alone(reasons, h, arena, texts, NULL)};
    if (told.n > 0) {
        return told.n;
    }
    Usage *taken = usage_of(reasons, state);
    try_roles(&told, reasons, taken, h);
    try_shared(&told, reasons, taken, h);
    usage_free(taken);
    if (told.n == 0) {
        tell(&told, _("several things are used up by others at once: crews, homes or deliveries"));
    }
    return told.n;
}

void reasons_give(const State *state, Arena *arena, Plan *plan) {
    enum { MANY = 12 };
    const char *texts[MOST_REASONS];
    Reasons *reasons = NULL;
    int told = 0;
    for (int h = 0; h < state->problem->n_households; h++) {
        PlanHousehold *household = &plan->households[h];
        if (household->planned) {
            continue;
        }
        int n = 1;
        if (reasons == NULL) {
            reasons = reasons_new(state->problem);
        }
        if (told++ < MANY) {
            n = reasons_among_others(reasons, state, h, arena, texts);
        } else {
            texts[0] = arena_strdup(arena, _("no dates were found yet in what the others leave"));
        }
        household->reasons = arena_copy(arena, texts, sizeof *texts, n, 0);
        household->n_reasons = n;
    }
    reasons_free(reasons);
}

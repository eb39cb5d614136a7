#include "solver/search/reasons.h"

#include "solver/language.h"
#include "solver/search/project.h"

#include <glib.h>
#include <string.h>

/* A copy of the problem in which household h may be changed. */
typedef struct Trial {
    Problem problem;
    ProblemHousehold *household;
    uint8_t *open; /* a reception table in which the tenant is always there */
    int h;
} Trial;

static void trial_begin(Trial *trial, const Problem *problem, int h) {
    size_t n = (size_t)problem->n_households;
    size_t cells = (size_t)problem->n_days * problem->n_slots;
    trial->problem = *problem;
    trial->problem.households = g_memdup2(problem->households, n * sizeof(ProblemHousehold));
    trial->household = &trial->problem.households[h];
    trial->household->free =
        g_memdup2(problem->households[h].free, sizeof(FreeTask) * trial->household->n_free);
    trial->household->lags =
        g_memdup2(problem->households[h].lags, sizeof(PricingLag) * trial->household->n_lags);
    trial->open = g_malloc(cells);
    memset(trial->open, RECEPTION_PREFERRED, cells);
    trial->h = h;
}

static void trial_end(Trial *trial) {
    g_free(trial->household->free);
    g_free(trial->household->lags);
    g_free(trial->problem.households);
    g_free(trial->open);
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

/* True when h has an itinerary in what `usage` leaves. */
static bool is_possible(const Problem *problem, const Usage *usage, int h) {
    enum { NODES = 40 };
    if (is_possible_by_lists(problem, usage, h)) {
        return true;
    }
    Seeker *seeker = seeker_new(problem);
    Request request = {.household = h, .usage = usage, .nodes = NODES, .cutoff = COST_INFINITE};
    double value;
    double bound;
    Itinerary *itinerary = cheapest_itinerary(seeker, &request, &value, &bound);
    seeker_free(seeker);
    g_free(itinerary);
    return itinerary != NULL;
}

/* The same for the trial's household if it were alone. */
static bool would_do(const Trial *trial, milli_t more_stock, int item) {
    Usage *usage = usage_new_lasting(&trial->problem);
    for (int p = 0; p < trial->problem.n_pools; p++) {
        size_t first = (size_t)p * trial->problem.need_days;
        for (int t = 0; t < trial->problem.need_days && trial->problem.pools[p].item == item; t++) {
            usage->stock_least[first + t] += more_stock;
        }
    }
    bool possible = is_possible(&trial->problem, usage, trial->h);
    usage_free(usage);
    return possible;
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
static void try_tenant(Texts *texts, const Problem *problem, int h) {
    int before_all = texts->n;
    Trial trial;
    trial_begin(&trial, problem, h);
    for (int k = 0; k < trial.household->n_free; k++) {
        const uint8_t *before = trial.household->free[k].reception;
        if (!free_template(problem, h, k)->appointment) {
            continue;
        }
        trial.household->free[k].reception = trial.open;
        if (would_do(&trial, 0, NONE)) {
            tell(texts, _("the tenant's windows leave no time for '%s'"), label_of(problem, h, k));
        }
        trial.household->free[k].reception = before;
    }
    for (int k = 0; k < trial.household->n_free && texts->n == before_all; k++) {
        if (free_template(problem, h, k)->appointment) {
            trial.household->free[k].reception = trial.open;
        }
    }
    if (texts->n == before_all && would_do(&trial, 0, NONE)) {
        tell(texts, _("the tenant's windows leave no time for the appointments"));
    }
    for (int k = 0; k < trial.household->n_free; k++) {
        trial.household->free[k].reception = problem->households[h].free[k].reception;
    }
    if (trial.household->absent != NULL) {
        trial.household->absent = NULL;
        if (would_do(&trial, 0, NONE)) {
            tell(texts, _("the tenant is absent when works need somebody at home"));
        }
    }
    trial_end(&trial);
}

static void try_dates(Texts *texts, const Problem *problem, int h) {
    Trial trial;
    trial_begin(&trial, problem, h);
    for (int i = 0; i < trial.household->n_lags; i++) {
        PricingLag *lag = &trial.household->lags[i];
        bool before = lag->has_max;
        lag->has_max = false;
        if (before && would_do(&trial, 0, NONE)) {
            tell(texts, _("'%s' cannot come soon enough after '%s'"), label_of(problem, h, lag->to),
                 label_of(problem, h, lag->from));
        }
        lag->has_max = before;
    }
    for (int k = 0; k < trial.household->n_free; k++) {
        trial.household->free[k].release = 0;
    }
    if (would_do(&trial, 0, NONE)) {
        tell(texts,
             _("notice and the earliest date leave too little time until the horizon's end"));
    }
    trial_end(&trial);
}

static void try_items(Texts *texts, const Problem *problem, int h) {
    const milli_t plenty = (milli_t)1000000 * MILLI;
    Trial trial;
    trial_begin(&trial, problem, h);
    for (int item = 0; item < problem->op->n_items; item++) {
        if (would_do(&trial, plenty, item)) {
            tell(texts, _("'%s' is delivered too late, or too little of it"),
                 problem->op->items[item]);
        }
    }
    trial_end(&trial);
}

int reasons_alone(const Problem *problem, int h, Arena *arena, const char **texts, bool *tried) {
    const ProblemHousehold *household = &problem->households[h];
    bool guess = false;
    tried = tried == NULL ? &guess : tried;
    *tried = true;
    Texts told = {arena, texts, 0};
    Trial trial;
    if (household->stays && household->n_classes == 0) {
        tell_no_home(&told, &problem->op->households[h]);
        return told.n;
    }
    trial_begin(&trial, problem, h);
    bool possible = household->n_free == 0 || (!household->impossible && would_do(&trial, 0, NONE));
    trial_end(&trial);
    if (possible) {
        return 0;
    }
    if (!household->impossible) {
        try_tenant(&told, problem, h);
        try_items(&told, problem, h);
        try_dates(&told, problem, h);
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

static Usage *usage_of(const State *state) {
    Usage *usage = usage_new(state->problem);
    for (int h = 0; h < state->problem->n_households; h++) {
        if (state->itineraries[h] != NULL) {
            Itinerary *copy = itinerary_copy(state->problem, state->itineraries[h]);
            usage_add(usage, copy);
            g_free(copy);
        }
    }
    return usage;
}

/* Gives back all that others take of the role's members. */
static void free_role(Usage *usage, const Usage *facts, int role) {
    const Problem *problem = usage->problem;
    const Role *of = &problem->op->roles[role];
    for (int m = 0; m < of->n_members; m++) {
        size_t days = (size_t)problem->n_days;
        size_t first = (size_t)of->members[m] * days;
        memcpy(&usage->left[first], &facts->left[first], sizeof(milli_t) * days);
        memcpy(&usage->late[first], &facts->late[first], sizeof(int16_t) * days);
        memcpy(&usage->week_late[(size_t)of->members[m] * problem->n_weeks],
               &facts->week_late[(size_t)of->members[m] * problem->n_weeks],
               sizeof(int16_t) * (size_t)problem->n_weeks);
        for (size_t d = 0; d < days; d++) {
            usage->bookings[first + d].n = 0;
        }
    }
}

static void try_roles(Texts *texts, const State *state, const Usage *facts, int h) {
    const Problem *problem = state->problem;
    for (int role = 0; role < problem->n_roles; role++) {
        Usage *usage = usage_of(state);
        free_role(usage, facts, role);
        if (is_possible(problem, usage, h)) {
            const char *name = problem->op->roles[role].id;
            if (problem->op->roles[role].measure == MEASURE_CLOCK) {
                tell(texts, _("the agenda of '%s' is full when the tenant can receive"), name);
            } else {
                tell(texts, _("too few of '%s': the others need all there are"), name);
            }
        }
        usage_free(usage);
    }
}

static void try_shared(Texts *texts, const State *state, const Usage *facts, int h) {
    const Problem *problem = state->problem;
    Usage *usage = usage_of(state);
    memcpy(usage->home_left, facts->home_left,
           sizeof(int32_t) * (size_t)problem->n_classes * problem->n_days);
    if (is_possible(problem, usage, h)) {
        tell(texts, _("all temporary homes that suit are taken"));
    }
    usage_free(usage);
    for (int item = 0; item < problem->op->n_items; item++) {
        usage = usage_of(state);
        for (int p = 0; p < problem->n_pools; p++) {
            size_t first = (size_t)p * problem->need_days;
            if (problem->pools[p].item == item) {
                memcpy(&usage->stock_least[first], &facts->stock_least[first],
                       sizeof(milli_t) * (size_t)problem->need_days);
            }
        }
        if (is_possible(problem, usage, h)) {
            tell(texts, _("all that is delivered of '%s' is needed by others"),
                 problem->op->items[item]);
        }
        usage_free(usage);
    }
}

int reasons_among_others(const State *state, int h, Arena *arena, const char **texts) {
    Texts told = {arena, texts, reasons_alone(state->problem, h, arena, texts, NULL)};
    if (told.n > 0) {
        return told.n;
    }
    Usage *facts = usage_new_lasting(state->problem);
    try_roles(&told, state, facts, h);
    try_shared(&told, state, facts, h);
    usage_free(facts);
    if (told.n == 0) {
        tell(&told, _("several things are used up by others at once: crews, homes or deliveries"));
    }
    return told.n;
}

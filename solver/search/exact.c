#include "solver/search/exact.h"

#include <glib.h>
#include <string.h>

/* A crew or volume member, and the works that need it, those that need most first. */
typedef struct Crew {
    const milli_t *given; /* of the schedule: to tell members apart */
    milli_t *left;        /* n_days */
    milli_t *used;        /* n_days: by compulsory parts */
    milli_t least;        /* the least of left[] */
    int n;
    int *works;
    milli_t *amounts;
    bool stale; /* a start has moved */
} Crew;

struct Exact {
    const Problem *problem;
    Arena *arena;
    Logic *logic;
    const int *bound; /* of the logic */
    int n_tasks, n_households, n_days;
    int *days;       /* per task */
    int *low, *high; /* per number, while the logic is built */
    int *household;  /* per household: h */
    cost_t constant; /* of all plans */
    cost_t limit;
    int n_crews;
    Crew *crews;
    int *crews_of, *n_crews_of; /* [t * n_crews + i], per task */
    int n_pairs;
    int *first_of, *second_of; /* per pair: works of which only one can run at a time */
    int *wish;                 /* per number */
    Claim *because;            /* scratch */
};

static const Claim always = {-1, 0};

bool exact_suits(const Schedule *schedule) {
    const double most = 4e6; /* starts of all works: every one takes 20 bytes */
    if ((double)schedule->n_tasks * schedule->problem->n_days > most) {
        return false;
    }
    for (int t = 0; t < schedule->n_tasks; t++) {
        const ScheduleTask *task = &schedule->tasks[t];
        if (task->clock || task->special || task->priced || task->open != NULL ||
            task->joint->count < schedule->problem->n_days) {
            return false;
        }
    }
    return schedule->n_tasks > 0;
}

/* ---- Claims about starts ------------------------------------------------------------------ */

static int low_of(const Exact *exact, int v) {
    return exact->bound[2 * v];
}

static int high_of(const Exact *exact, int v) {
    return -exact->bound[2 * v + 1];
}

static Claim at_least(int v, int value) {
    return (Claim){2 * v, value};
}

static Claim at_most(int v, int value) {
    return (Claim){2 * v + 1, -value};
}

static bool runs_surely(const Exact *exact, int t, day_t d) {
    return high_of(exact, t) <= d && d < low_of(exact, t) + exact->days[t];
}

/* ---- Crews ------------------------------------------------------------------------------- */

/* Claims by which works but `except` use more than `most` of the crew on day d; returns how many.
 */
static int because_of_use(Exact *exact, const Crew *crew, day_t d, int except, milli_t most,
                          int n) {
    milli_t sum = 0;
    for (int i = 0; i < crew->n && sum <= most; i++) {
        int t = crew->works[i];
        if (t != except && runs_surely(exact, t, d)) {
            sum += crew->amounts[i];
            exact->because[n++] = at_least(t, d - exact->days[t] + 1);
            exact->because[n++] = at_most(t, d);
        }
    }
    return n;
}

static void add_use(const Exact *exact, Crew *crew, day_t *first, day_t *last) {
    *first = exact->n_days;
    *last = -1;
    memset(crew->used, 0, sizeof(milli_t) * (size_t)exact->n_days);
    for (int i = 0; i < crew->n; i++) {
        int t = crew->works[i];
        day_t begin = high_of(exact, t);
        day_t end = low_of(exact, t) + exact->days[t];
        for (day_t d = begin; d < end; d++) {
            crew->used[d] += crew->amounts[i];
        }
        if (begin < end) {
            *first = MIN(*first, begin);
            *last = MAX(*last, end - 1);
        }
    }
}

/* Does work i of the crew not fit on day d, where it surely runs on own_first .. own_last? */
static bool is_crowded(const Crew *crew, int i, day_t d, day_t own_first, day_t own_last) {
    milli_t own = d >= own_first && d <= own_last ? crew->amounts[i] : 0;
    return crew->used[d] - own + crew->amounts[i] > crew->left[d];
}

/* Moves the least and the last start of work i of the crew past days that are full. */
static bool squeeze(Exact *exact, Crew *crew, int i) {
    int t = crew->works[i];
    int days = exact->days[t];
    day_t own_first = high_of(exact, t);
    day_t own_last = low_of(exact, t) + days - 1;
    for (day_t d = own_last; d >= low_of(exact, t); d--) {
        if (is_crowded(crew, i, d, own_first, own_last)) {
            exact->because[0] = at_least(t, d - days + 1);
            int n = because_of_use(exact, crew, d, t, crew->left[d] - crew->amounts[i], 1);
            if (!logic_infer(exact->logic, at_least(t, d + 1), exact->because, n)) {
                return false;
            }
            d = low_of(exact, t) + days;
        }
    }
    for (day_t d = high_of(exact, t); d < high_of(exact, t) + days; d++) {
        if (is_crowded(crew, i, d, own_first, own_last)) {
            exact->because[0] = at_most(t, d);
            int n = because_of_use(exact, crew, d, t, crew->left[d] - crew->amounts[i], 1);
            if (!logic_infer(exact->logic, at_most(t, d - days), exact->because, n)) {
                return false;
            }
            d = high_of(exact, t) - 1;
        }
    }
    return true;
}

static bool follow_crew(Exact *exact, Crew *crew) {
    day_t first;
    day_t last;
    milli_t most = 0;
    add_use(exact, crew, &first, &last);
    for (day_t d = first; d <= last; d++) {
        most = MAX(most, crew->used[d]);
        if (crew->used[d] > crew->left[d]) {
            int n = because_of_use(exact, crew, d, -1, crew->left[d], 0);
            return logic_refute(exact->logic, exact->because, n);
        }
    }
    double work = exact->n_days / 8.0 + MAX(last - first, 0);
    for (int i = 0; i < crew->n; i++) {
        int t = crew->works[i];
        if (low_of(exact, t) < high_of(exact, t) && most + crew->amounts[i] > crew->least) {
            work += 2 * exact->days[t];
            if (!squeeze(exact, crew, i)) {
                return false;
            }
        }
    }
    logic_add_work(exact->logic, work);
    return true;
}

/* ---- Ends -------------------------------------------------------------------------------- */

static cost_t cost_of_end(const Exact *exact, int i, day_t end) {
    return end_cost(exact->problem, exact->household[i], end);
}

/* The last end of household i that costs at most `most`, from `low` (which does) to `high`. */
static day_t last_end(const Exact *exact, int i, day_t low, day_t high, cost_t most) {
    while (low < high) {
        day_t middle = high - (high - low) / 2;
        if (cost_of_end(exact, i, middle) <= most) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/* The ends together cost at most the limit. */
static bool follow_ends(Exact *exact) {
    cost_t sum = exact->constant;
    int n = exact->n_households;
    for (int i = 0; i < n; i++) {
        int v = exact->n_tasks + i;
        sum += cost_of_end(exact, i, low_of(exact, v));
        exact->because[i] = at_least(v, low_of(exact, v));
    }
    if (sum > exact->limit) {
        return logic_refute(exact->logic, exact->because, n);
    }
    for (int i = 0; i < n; i++) {
        int v = exact->n_tasks + i;
        day_t low = low_of(exact, v);
        cost_t own = cost_of_end(exact, i, low);
        day_t end = last_end(exact, i, low, high_of(exact, v), exact->limit - sum + own);
        Claim swap = exact->because[i];
        exact->because[i] = exact->because[n - 1];
        if (!logic_infer(exact->logic, at_most(v, end), exact->because, n - 1)) {
            return false;
        }
        exact->because[i] = swap;
        exact->because[n - 1] =
            at_least(exact->n_tasks + n - 1, low_of(exact, exact->n_tasks + n - 1));
    }
    logic_add_work(exact->logic, 8.0 * n);
    return true;
}

static bool follow(void *context, Logic *logic) {
    Exact *exact = context;
    for (int t = 0; t < exact->n_tasks; t++) {
        bool low = logic_has_moved(logic, 2 * t);
        if (logic_has_moved(logic, 2 * t + 1) || low) {
            for (int i = 0; i < exact->n_crews_of[t]; i++) {
                exact->crews[exact->crews_of[t * exact->n_crews + i]].stale = true;
            }
        }
    }
    if (!follow_ends(exact)) {
        return false;
    }
    for (int i = 0; i < exact->n_crews; i++) {
        if (exact->crews[i].stale) {
            exact->crews[i].stale = false;
            if (!follow_crew(exact, &exact->crews[i])) {
                /* What has not been looked at is looked at again after the conflict. */
                for (int j = i; j < exact->n_crews; j++) {
                    exact->crews[j].stale = true;
                }
                return false;
            }
        }
    }
    return true;
}

/* ---- Building ---------------------------------------------------------------------------- */

/* The crew of this schedule's row; n_crews where there is none yet. */
static int crew_of(const Exact *exact, const milli_t *given) {
    int c = 0;
    while (c < exact->n_crews && exact->crews[c].given != given) {
        c++;
    }
    return c;
}

/* `given` is what the schedule's placed tasks leave: none may be placed. */
static void add_crew(Exact *exact, const Schedule *schedule, const milli_t *given) {
    Crew *crew = &exact->crews[exact->n_crews++];
    size_t n = (size_t)exact->n_days;
    *crew = (Crew){.given = given, .least = INT64_MAX, .stale = true};
    crew->left = ARENA_NEW(exact->arena, milli_t, n);
    crew->used = ARENA_NEW(exact->arena, milli_t, n);
    crew->works = ARENA_NEW(exact->arena, int, schedule->n_tasks);
    crew->amounts = ARENA_NEW(exact->arena, milli_t, schedule->n_tasks);
    memcpy(crew->left, given, sizeof(milli_t) * n);
    for (int t = 0; t < schedule->n_tasks; t++) {
        const ScheduleTask *task = &schedule->tasks[t];
        for (int i = 0; i < task->n_needs && schedule->start[t] != NO_DAY; i++) {
            for (day_t d = schedule->start[t];
                 task->needs[i].left == given && d <= schedule->finish[t]; d++) {
                crew->left[d] += task->needs[i].amount;
            }
        }
    }
    for (size_t d = 0; d < n; d++) {
        crew->least = MIN(crew->least, crew->left[d]);
    }
}

static void add_need(Crew *crew, int t, milli_t amount) {
    int i = crew->n++;
    for (; i > 0 && crew->amounts[i - 1] < amount; i--) {
        crew->works[i] = crew->works[i - 1];
        crew->amounts[i] = crew->amounts[i - 1];
    }
    crew->works[i] = t;
    crew->amounts[i] = amount;
}

static void add_crews(Exact *exact, const Schedule *schedule) {
    int n = schedule->n_tasks;
    exact->crews = ARENA_NEW(exact->arena, Crew, schedule->problem->n_resources);
    for (int t = 0; t < n; t++) {
        for (int i = 0; i < schedule->tasks[t].n_needs; i++) {
            if (crew_of(exact, schedule->tasks[t].needs[i].left) == exact->n_crews) {
                add_crew(exact, schedule, schedule->tasks[t].needs[i].left);
            }
        }
    }
    exact->crews_of = ARENA_NEW(exact->arena, int, (size_t)n *(size_t)exact->n_crews);
    exact->n_crews_of = ARENA_NEW(exact->arena, int, n);
    for (int t = 0; t < n; t++) {
        for (int i = 0; i < schedule->tasks[t].n_needs; i++) {
            const ScheduleNeed *need = &schedule->tasks[t].needs[i];
            int c = crew_of(exact, need->left);
            add_need(&exact->crews[c], t, need->amount);
            exact->crews_of[t * exact->n_crews + exact->n_crews_of[t]++] = c;
        }
    }
}

/* Collects lags before there is a logic, and adds them to it. */
typedef struct LagList {
    GArray *from, *to, *add; /* of int */
} LagList;

/* number `to` >= number `from` + add */
static void list_lag(LagList *list, int from, int to, int add) {
    g_array_append_val(list->from, from);
    g_array_append_val(list->to, to);
    g_array_append_val(list->add, add);
}

static void list_lags(const Exact *exact, const Schedule *schedule, LagList *list) {
    for (int t = 0; t < exact->n_tasks; t++) {
        const ScheduleTask *task = &schedule->tasks[t];
        list_lag(list, t, exact->n_tasks + task->owner, task->days - 1);
        for (int i = 0; i < task->n_before; i++) {
            const ScheduleLag *lag = &task->before[i];
            int finish = exact->days[lag->other] - 1;
            list_lag(list, lag->other, t, finish + lag->min_days);
            if (lag->has_max) {
                list_lag(list, t, lag->other, -finish - lag->max_days);
            }
        }
    }
}

/* Works of a crew of which not both are loose keep their order; those that follow from others are
 * left out. */
static void list_orders(const Exact *exact, const day_t *start, const bool *loose, LagList *list) {
    for (int c = 0; c < exact->n_crews; c++) {
        const Crew *crew = &exact->crews[c];
        for (int j = 0; j < crew->n; j++) {
            int to = crew->works[j];
            day_t between = -1; /* the last start of a fixed work that is over before */
            for (int k = 0; k < crew->n; k++) {
                int t = crew->works[k];
                if (!loose[t] && start[t] + exact->days[t] <= start[to]) {
                    between = MAX(between, start[t]);
                }
            }
            for (int i = 0; i < crew->n; i++) {
                int from = crew->works[i];
                day_t end = start[from] + exact->days[from];
                if (end <= start[to] && end > between && !(loose[from] && loose[to])) {
                    list_lag(list, from, to, exact->days[from]);
                }
            }
        }
    }
}

/* Narrows low[] and high[] by the lags; false when a window has become empty. */
static bool narrow(Exact *exact, const LagList *list, int n) {
    bool moved = true;
    for (int pass = 0; pass <= n && moved; pass++) {
        moved = false;
        for (guint l = 0; l < list->from->len; l++) {
            int from = g_array_index(list->from, int, l);
            int to = g_array_index(list->to, int, l);
            int add = g_array_index(list->add, int, l);
            if (exact->low[to] < exact->low[from] + add) {
                exact->low[to] = exact->low[from] + add;
                moved = true;
            }
            if (exact->high[from] > exact->high[to] - add) {
                exact->high[from] = exact->high[to] - add;
                moved = true;
            }
        }
        for (int v = 0; v < n; v++) {
            if (exact->low[v] > exact->high[v]) {
                return false;
            }
        }
    }
    return true;
}

/* Works that need more of some crew than there ever is cannot run at once. */
static bool exclude(const Exact *exact, const milli_t *need, const milli_t *most, int i, int j) {
    for (int c = 0; c < exact->n_crews; c++) {
        milli_t one = need[i * exact->n_crews + c];
        milli_t other = need[j * exact->n_crews + c];
        if (one > 0 && other > 0 && one + other > most[c]) {
            return true;
        }
    }
    return false;
}

/* Pairs of works that cannot run at once, and of which either can be first; both are loose. */
static void find_pairs(Exact *exact, const bool *loose) {
    enum { MOST_PAIRS = 20000 };
    int n = exact->n_tasks;
    milli_t *need = g_new0(milli_t, (size_t)n * (size_t)MAX(exact->n_crews, 1));
    milli_t *most = g_new0(milli_t, MAX(exact->n_crews, 1));
    for (int c = 0; c < exact->n_crews; c++) {
        const Crew *crew = &exact->crews[c];
        for (day_t d = 0; d < exact->n_days; d++) {
            most[c] = MAX(most[c], crew->left[d]);
        }
        for (int i = 0; i < crew->n; i++) {
            need[crew->works[i] * exact->n_crews + c] = crew->amounts[i];
        }
    }
    exact->first_of = ARENA_NEW(exact->arena, int, MOST_PAIRS);
    exact->second_of = ARENA_NEW(exact->arena, int, MOST_PAIRS);
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n && exact->n_pairs < MOST_PAIRS; j++) {
            if (loose != NULL && !(loose[i] && loose[j])) {
                continue;
            }
            bool first = exact->low[i] + exact->days[i] <= exact->high[j];
            bool second = exact->low[j] + exact->days[j] <= exact->high[i];
            if ((first || second) && exclude(exact, need, most, i, j)) {
                exact->first_of[exact->n_pairs] = i;
                exact->second_of[exact->n_pairs++] = j;
            }
        }
    }
    g_free(need);
    g_free(most);
}

static void wish_for(Exact *exact, const day_t *start) {
    for (int i = 0; i < exact->n_households; i++) {
        exact->wish[exact->n_tasks + i] = 0;
    }
    for (int t = 0; t < exact->n_tasks; t++) {
        exact->wish[t] = start[t];
    }
    for (int p = 0; p < exact->n_pairs; p++) {
        bool first = start[exact->first_of[p]] < start[exact->second_of[p]];
        exact->wish[exact->n_tasks + exact->n_households + p] = first;
    }
}

static void build_logic(Exact *exact, const LagList *list) {
    int n = exact->n_tasks + exact->n_households;
    exact->low = g_renew(int, exact->low, n + exact->n_pairs);
    exact->high = g_renew(int, exact->high, n + exact->n_pairs);
    for (int p = 0; p < exact->n_pairs; p++) {
        exact->low[n + p] = 0;
        exact->high[n + p] = 1;
    }
    exact->logic = logic_new(n + exact->n_pairs, exact->low, exact->high, follow, exact);
    exact->bound = logic_bounds(exact->logic);
    for (guint l = 0; l < list->from->len; l++) {
        int from = g_array_index(list->from, int, l);
        int to = g_array_index(list->to, int, l);
        int add = g_array_index(list->add, int, l);
        logic_add_lag(exact->logic, 2 * from, 2 * to, add, always);
        logic_add_lag(exact->logic, 2 * to + 1, 2 * from + 1, add, always);
    }
    for (int p = 0; p < exact->n_pairs; p++) {
        int i = exact->first_of[p];
        int j = exact->second_of[p];
        Claim first = at_least(n + p, 1);
        Claim second = at_most(n + p, 0);
        logic_add_lag(exact->logic, 2 * i, 2 * j, exact->days[i], first);
        logic_add_lag(exact->logic, 2 * j + 1, 2 * i + 1, exact->days[i], first);
        logic_add_lag(exact->logic, 2 * j, 2 * i, exact->days[j], second);
        logic_add_lag(exact->logic, 2 * i + 1, 2 * j + 1, exact->days[j], second);
    }
}

/* Windows of the works and of the ends. */
static void begin_windows(Exact *exact, const Schedule *schedule) {
    int n = exact->n_tasks;
    exact->low = g_new(int, n + exact->n_households);
    exact->high = g_new(int, n + exact->n_households);
    for (int t = 0; t < n; t++) {
        exact->low[t] = schedule->tasks[t].low;
        exact->high[t] = schedule->tasks[t].high;
    }
    for (int i = 0; i < exact->n_households; i++) {
        const ProblemHousehold *of = &exact->problem->households[exact->household[i]];
        exact->low[n + i] = MAX(of->last_fact, 0);
        exact->high[n + i] = exact->n_days - 1;
        exact->constant += of->constant;
    }
    cost_t least = exact->constant;
    for (int i = 0; i < exact->n_households; i++) {
        least += cost_of_end(exact, i, exact->low[n + i]);
    }
    for (int i = 0; i < exact->n_households; i++) {
        int v = n + i;
        cost_t own = cost_of_end(exact, i, exact->low[v]);
        cost_t most = MAX(exact->limit - least, 0) + own;
        exact->high[v] = last_end(exact, i, exact->low[v], exact->high[v], most);
    }
}

Exact *exact_new(const Schedule *schedule, cost_t limit, const day_t *start, const bool *loose) {
    Exact *exact = g_new0(Exact, 1);
    exact->problem = schedule->problem;
    exact->arena = arena_new();
    exact->limit = limit;
    exact->n_tasks = schedule->n_tasks;
    exact->n_households = schedule->n_households;
    exact->n_days = schedule->problem->n_days;
    exact->days = ARENA_NEW(exact->arena, int, exact->n_tasks);
    exact->household = ARENA_NEW(exact->arena, int, exact->n_households);
    for (int t = 0; t < exact->n_tasks; t++) {
        exact->days[t] = schedule->tasks[t].days;
    }
    for (int i = 0; i < exact->n_households; i++) {
        exact->household[i] = schedule->households[i].h;
    }
    add_crews(exact, schedule);
    begin_windows(exact, schedule);
    int n = exact->n_tasks + exact->n_households;
    LagList list = {g_array_new(FALSE, FALSE, sizeof(int)), g_array_new(FALSE, FALSE, sizeof(int)),
                    g_array_new(FALSE, FALSE, sizeof(int))};
    list_lags(exact, schedule, &list);
    if (loose != NULL) {
        list_orders(exact, start, loose, &list);
    }
    if (narrow(exact, &list, n)) {
        find_pairs(exact, loose);
        build_logic(exact, &list);
        exact->wish = ARENA_NEW(exact->arena, int, n + exact->n_pairs);
        exact->because = ARENA_NEW(exact->arena, Claim, 2 * n + 2);
        wish_for(exact, start);
    }
    g_array_free(list.from, TRUE);
    g_array_free(list.to, TRUE);
    g_array_free(list.add, TRUE);
    g_free(exact->low);
    g_free(exact->high);
    exact->low = exact->high = NULL;
    return exact;
}

void exact_free(Exact *exact) {
    if (exact != NULL) {
        logic_free(exact->logic);
        arena_free(exact->arena);
        g_free(exact);
    }
}

/* ---- Search ------------------------------------------------------------------------------ */

void exact_limit(Exact *exact, cost_t limit, const day_t *start) {
    exact->limit = MIN(exact->limit, limit);
    if (exact->logic != NULL) {
        wish_for(exact, start);
    }
}

LogicEnd exact_search(Exact *exact, day_t *start, double work) {
    if (exact->logic == NULL) {
        return LOGIC_NONE;
    }
    LogicEnd end = logic_search(exact->logic, exact->n_tasks, exact->wish, work);
    if (end == LOGIC_FOUND) {
        cost_t cost = exact->constant;
        for (int t = 0; t < exact->n_tasks; t++) {
            start[t] = low_of(exact, t);
        }
        for (int i = 0; i < exact->n_households; i++) {
            cost += cost_of_end(exact, i, low_of(exact, exact->n_tasks + i));
        }
        exact_limit(exact, cost - 1, start);
    }
    return end;
}

cost_t exact_least(const Exact *exact) {
    return exact->limit + 1;
}

double exact_work(const Exact *exact) {
    return exact->logic == NULL ? 0 : logic_work(exact->logic);
}

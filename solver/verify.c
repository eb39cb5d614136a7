#include "solver/verify.h"

#include "solver/language.h"
#include "solver/verify_internal.h"

static void add_violation(Judge *judge, const char *constraint, int household, const char *text) {
    Violation violation = {constraint, household, arena_strdup(judge->verdict->arena, text)};
    g_array_append_val(judge->violations, violation);
}

void complain(Judge *judge, const char *constraint, int household, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    add_violation(judge, constraint, household, text);
    g_free(text);
}

void complain_task(Judge *judge, const char *constraint, int h, int a, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    /* TRANSLATORS: household, task, what is wrong with it. */
    complain(judge, constraint, h, _("household %s, task %s: %s"), judge->op->households[h].id,
             household_package(judge->op, h)->tasks[a].id, text);
    g_free(text);
}

const char *say_date(Judge *judge, int64_t date) {
    int64_t first = date_from_ymd(1900, 1, 1);
    int64_t last = date_from_ymd(2999, 12, 31);
    return say_moment(judge, (date_t)CLAMP(date, first, last), MINUTE_NONE);
}

const char *say_moment(Judge *judge, date_t date, minute_t minute) {
    char text[DATE_TEXT];
    bool french = language_is_french(judge->op->language);
    return arena_strdup(judge->verdict->arena, date_time_told(date, minute, french, text));
}

const char *say_time(Judge *judge, minute_t minute) {
    char text[32];
    g_snprintf(text, sizeof text, "%02d:%02d", minute / 60, minute % 60);
    return arena_strdup(judge->verdict->arena, text);
}

const char *say_amount(Judge *judge, milli_t amount) {
    char text[32];
    char point = language_is_french(judge->op->language) ? ',' : '.';
    int n = g_snprintf(text, sizeof text, "%lld%c%03d", (long long)(amount / MILLI), point,
                       (int)(amount % MILLI));
    while (text[n - 1] == '0') {
        text[--n] = '\0';
    }
    if (text[n - 1] == point) {
        text[n - 1] = '\0';
    }
    return arena_strdup(judge->verdict->arena, text);
}

Verdict *verify_plan(const Operation *op, const Plan *previous, const Plan *plan, bool told) {
    Arena *arena = arena_new();
    Verdict *verdict = ARENA_NEW(arena, Verdict, 1);
    verdict->arena = arena;
    verdict->nights_away = ARENA_NEW(arena, int, op->n_households);
    Arena *scratch = arena_new();
    Judge judge = {.op = op,
                   .plan = plan,
                   .previous = previous,
                   .verdict = verdict,
                   .violations = g_array_new(FALSE, FALSE, sizeof(Violation)),
                   .roster = roster_new(scratch, op),
                   .tasks = ARENA_NEW(scratch, Dated *, op->n_households),
                   .settled = ARENA_NEW(scratch, int *, op->n_households),
                   .members = ARENA_NEW(scratch, int *, op->n_households),
                   .homes = ARENA_NEW(scratch, int, op->n_households),
                   .tenant_rows = ARENA_NEW(scratch, const AvailabilityRow *, op->n_availability),
                   .tenant_first = ARENA_NEW(scratch, int, op->n_households + 2)};
    for (int h = 0; h < op->n_households; h++) {
        judge.tasks[h] = ARENA_NEW(scratch, Dated, household_package(op, h)->n_tasks);
        judge.settled[h] = ARENA_NEW(scratch, int, op->n_roles);
        judge.members[h] = ARENA_NEW(scratch, int, op->n_roles);
    }
    sort_tenant_rows(&judge);
    read_plan(&judge);
    judge_tasks(&judge);
    judge_crews(&judge);
    judge_clocks(&judge);
    GArray *evenings = evenings_of(&judge);
    judge_evenings(&judge, evenings);
    judge_homes(&judge);
    judge_items(&judge);
    count_objective(&judge, evenings);
    if (told) {
        judge_told(&judge);
    }
    verdict->n_violations = (int)judge.violations->len;
    verdict->violations = ARENA_NEW(arena, Violation, verdict->n_violations);
    for (int i = 0; i < verdict->n_violations; i++) {
        verdict->violations[i] = g_array_index(judge.violations, Violation, i);
    }
    g_array_free(judge.violations, TRUE);
    g_array_free(evenings, TRUE);
    arena_free(scratch);
    return verdict;
}

void verdict_take_figures(const Verdict *verdict, const Operation *op, Plan *plan) {
    plan->total = verdict->total;
    memcpy(plan->parts, verdict->parts, sizeof plan->parts);
    for (int h = 0; h < op->n_households; h++) {
        plan->households[h].nights_away = verdict->nights_away[h];
    }
}

void verdict_free(Verdict *verdict) {
    if (verdict != NULL) {
        arena_free(verdict->arena);
    }
}

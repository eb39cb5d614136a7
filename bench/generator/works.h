/*
 * works.h: the packages of the generated estates, as a table.
 *
 * Tasks, lags and durations follow the trade's habits for the renovation of miners' houses. The
 * sizing in means.c and the writing in files.c both read this table.
 */
#ifndef PILOTE_GENERATOR_WORKS_H
#define PILOTE_GENERATOR_WORKS_H

#include <stdbool.h>

typedef enum GenRole {
    ROLE_NONE,
    ROLE_PILOT,
    ROLE_ESTIMATOR,
    ROLE_SITE_MANAGER,
    ROLE_MOVERS,
    ROLE_TRUCKS,
    ROLE_ASBESTOS,
    ROLE_STRIPPER,
    ROLE_JOINER,
    ROLE_PLUMBER,
    ROLE_ELECTRICIAN,
    ROLE_PLASTERER,
    ROLE_FITTER,
    ROLE_PAINTER,
    ROLE_FLOOR,
    ROLE_COUNT
} GenRole;

typedef enum GenItem { ITEM_NONE, ITEM_KITCHEN, ITEM_BATHROOM, ITEM_COUNT } GenItem;

typedef enum GenPackage {
    PACKAGE_FULL,
    PACKAGE_ASBESTOS,
    PACKAGE_GENERAL, /* its graph is not series-parallel */
    PACKAGE_OCCUPIED,
    PACKAGE_BATHROOM,
    PACKAGE_COUNT
} GenPackage;

enum { MAX_GEN_LAGS = 3, NO_MAX = -1 };

typedef struct GenLag {
    const char *task; /* id of the earlier task, or NULL behind the last lag */
    int min_days, max_days;
} GenLag;

/* A row of the table. Lags on tasks that a package does not have are left out of it. */
typedef struct GenTask {
    unsigned packages; /* bit p: the task is one of package p's */
    const char *id, *label;
    int minutes, days; /* one of the two is 0 */
    GenRole roles[2];  /* ROLE_TRUCKS takes the household's volume */
    GenLag after[MAX_GEN_LAGS + 1];
    int notice_days;
    GenItem item; /* on site one day before */
    bool presence;
    const char *moves; /* "out", "back" or NULL */
} GenTask;

extern const GenTask gen_tasks[]; /* each after those that it waits for */
extern const int gen_task_count;
extern const char *const gen_package_ids[PACKAGE_COUNT], *const gen_package_labels[PACKAGE_COUNT];
extern const char *const gen_role_names[ROLE_COUNT];
extern const char *const gen_item_names[ITEM_COUNT];

bool gen_role_is_clock(GenRole role);

static inline bool gen_package_moves(GenPackage package) {
    return package <= PACKAGE_GENERAL;
}

static inline bool gen_task_in(const GenTask *task, GenPackage package) {
    return task->packages >> package & 1;
}

/* Calendar days from the move out to the move back when nothing waits for anything else; 0 for
 * works in an occupied home. */
int gen_shortest_stay(GenPackage package);

#endif

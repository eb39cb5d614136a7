#include "solver/compact.h"

#include "solver/compact_internal.h"
#include "solver/language.h"

#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* n times -1. */
static int *new_none(size_t n) {
    int *array = g_new(int, n + 1);
    for (size_t i = 0; i < n; i++) {
        array[i] = -1;
    }
    return array;
}

/* The program of all households, or NULL when it would be too large. */
static Program *make_program(const Problem *problem) {
    size_t cells = (size_t)problem->n_resources * problem->n_days;
    Compact compact = {
        .problem = problem,
        .program = program_new(COMPACT_MOST_COLUMNS, COMPACT_MOST_ENTRIES),
        .facts = usage_new(problem),
        .crew_row = new_none(cells),
        .clock_row = new_none(cells * (size_t)problem->n_slots),
        .home_row = new_none((size_t)problem->n_classes * problem->n_days),
        .need_row = new_none((size_t)problem->n_pools * problem->need_days),
        .week_row = new_none((size_t)problem->n_resources * problem->n_weeks),
        .evening = new_none(cells),
        .serves = new_none((size_t)problem->n_resources),
    };
    compact.one = program_column(compact.program, NAME1("constant", UNUSED), DOMAIN_ONE, 0);
    for (int h = 0; h < problem->n_households && !program_full(compact.program); h++) {
        compact_add_household(&compact, h);
    }
    usage_free(compact.facts);
    g_free(compact.crew_row);
    g_free(compact.clock_row);
    g_free(compact.home_row);
    g_free(compact.need_row);
    g_free(compact.week_row);
    g_free(compact.evening);
    g_free(compact.serves);
    if (program_full(compact.program)) {
        program_free(compact.program);
        return NULL;
    }
    return compact.program;
}

static char *too_large(void) {
    return g_strdup_printf(_("the integer program would have more than %d variables or %d entries: "
                             "choose a shorter horizon or fewer households"),
                           COMPACT_MOST_COLUMNS, COMPACT_MOST_ENTRIES);
}

glp_prob *compact_build(const Problem *problem, char **error) {
    Program *program = make_program(problem);
    if (program == NULL) {
        *error = too_large();
        return NULL;
    }
    glp_prob *prob = program_load(program);
    program_free(program);
    return prob;
}

/* ---- Writing ----------------------------------------------------------------------------- */

typedef struct Guard {
    jmp_buf back;
} Guard;

/* GLPK would end the process. */
static void leave_glpk(void *info) {
    Guard *guard = info;
    longjmp(guard->back, 1);
}

/* Makes GLPK write the program; false when it fails or says so. */
static bool write_by_glpk(const Program *program, const char *path) {
    Guard guard;
    volatile bool written = false;
    if (glp_init_env() > 1) {
        return false;
    }
    glp_term_out(GLP_OFF);
    glp_error_hook(leave_glpk, &guard);
    if (setjmp(guard.back) == 0) {
        glp_prob *prob = program_load(program);
        written = glp_write_mps(prob, GLP_MPS_FILE, NULL, path) == 0;
    }
    glp_free_env();
    return written;
}

/* Whether the file ends as an MPS file does; GLPK does not tell every failure. Flushes it to the
 * disk. */
static bool is_whole(const char *path) {
    static const char end[] = "ENDATA\n";
    char last[sizeof end] = "";
    FILE *file = fopen(path, "r+");
    if (file == NULL) {
        return false;
    }
    bool whole = fseek(file, -(long)(sizeof end - 1), SEEK_END) == 0 &&
                 fread(last, 1, sizeof end - 1, file) == sizeof end - 1 && strcmp(last, end) == 0 &&
                 fsync(fileno(file)) == 0;
    return fclose(file) == 0 && whole;
}

/* True for what a finished file must not take the place of. */
static bool is_special(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

bool compact_write_mps(const Problem *problem, const char *path, char **error) {
    if (is_special(path)) {
        *error = g_strdup_printf(_("'%s' could not be written: %s"), path, g_strerror(EINVAL));
        return false;
    }
    Program *program = make_program(problem);
    if (program == NULL) {
        *error = too_large();
        return false;
    }
    char *temporary = g_strdup_printf("%s.%ld.part", path, (long)getpid());
    errno = 0;
    bool written =
        write_by_glpk(program, temporary) && is_whole(temporary) && rename(temporary, path) == 0;
    if (!written) {
        *error = g_strdup_printf(_("'%s' could not be written: %s"), path,
                                 errno != 0 ? g_strerror(errno) : _("the disk may be full"));
        unlink(temporary);
    }
    g_free(temporary);
    program_free(program);
    return written;
}

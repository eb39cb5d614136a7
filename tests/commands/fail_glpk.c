/*
 * fail_glpk.c: a library that is loaded before GLPK and takes the place of its solvers. They never
 * come back: $FAIL_GLPK is `abort`, `sleep` or `spin`. That one of them was called is noted in the
 * file $FAIL_GLPK_NOTE.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int glp_simplex(void *problem, const void *parameters);
int glp_exact(void *problem, const void *parameters);
int glp_interior(void *problem, const void *parameters);
int glp_intopt(void *problem, const void *parameters);

static volatile unsigned turns;

static int fail(void) {
    const char *note = getenv("FAIL_GLPK_NOTE");
    const char *mode = getenv("FAIL_GLPK");
    if (note == NULL || mode == NULL || open(note, O_WRONLY | O_CREAT, 0600) < 0)
        _exit(EXIT_FAILURE);
    if (strcmp(mode, "abort") == 0)
        abort();
    while (strcmp(mode, "sleep") == 0)
        pause();
    for (;;)
        turns++;
}

int glp_simplex(void *problem, const void *parameters) {
    (void)problem;
    (void)parameters;
    return fail();
}

int glp_exact(void *problem, const void *parameters) {
    (void)problem;
    (void)parameters;
    return fail();
}

int glp_interior(void *problem, const void *parameters) {
    (void)problem;
    (void)parameters;
    return fail();
}

int glp_intopt(void *problem, const void *parameters) {
    (void)problem;
    (void)parameters;
    return fail();
}

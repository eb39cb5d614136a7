/*
 * slurm.c: jobs as a Slurm job array, through sbatch, squeue and scancel.
 *
 * The array's tasks write their results as files; a file that is there is the sign that its job is
 * done, whoever did it, and the queue is asked only about jobs whose file is missing.
 */
#include "scenarios/slurm.h"

#include <stdio.h>
#include <stdlib.h>

#include "solver/stop_signal.h"

enum {
    ARRAY = 500,       /* tasks of one array at most; Slurm's own limit is 1,000 unless raised */
    TRIES = 3,         /* submissions of one job */
    LOOKS_PER_ASK = 5, /* at the folder, for one question to the queue */
    ABSENCES = 2,      /* questions in a row at which a task is neither queued nor done: it died */
    SILENCES = 30      /* questions in a row that the queue does not answer: it is gone */
};

static const double look_seconds = 0.2;

/* One job of the array. */
typedef struct Task {
    bool done; /* or given up */
    int tries, absences;
} Task;

/* The jobs first + 0 .. first + n - 1, and their tasks. */
typedef struct Array {
    const Engine *engine;
    const PoolJobs *jobs;
    PoolResult *results; /* of these jobs */
    int first, n;
    Task *tasks;
    char *script; /* path */
    char *name;   /* of all submissions, in the queue */
    int silences;
    gint64 begin;
    int n_before; /* jobs of earlier arrays */
} Array;

/* ---- Slurm's programs ------------------------------------------------------------------------ */

/* Runs a program; its output, to be freed with g_free(), or NULL with a sentence in *error. */
static char *call(const char *const *words, char **error) {
    char *out = NULL, *err = NULL;
    int status = 0;
    GError *problem = NULL;
    char **argv = g_strdupv((char **)(guintptr)words);
    bool good = g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status,
                             &problem);
    if (!good)
        *error = g_strdup(problem->message);
    else if (status != 0)
        *error = g_strdup_printf("%s: %s", words[0], g_strstrip(err));
    g_clear_error(&problem);
    g_strfreev(argv);
    g_free(err);
    if (*error == NULL)
        return out;
    g_free(out);
    return NULL;
}

/* The numbers of the tasks that are to be submitted: `0,3,4`. */
static char *missing_tasks(const Array *array) {
    GString *list = g_string_new(NULL);
    for (int i = 0; i < array->n; i++)
        if (!array->tasks[i].done && array->tasks[i].absences >= ABSENCES)
            g_string_append_printf(list, "%s%d", list->len > 0 ? "," : "", i);
    return g_string_free(list, FALSE);
}

static void submit(Array *array) {
    char *list = missing_tasks(array), *error = NULL;
    char *indices = g_strconcat("--array=", list, NULL);
    char *log = g_strdup_printf("--output=%s/%d+%%a.log", array->engine->folder, array->first);
    char *name = g_strconcat("--job-name=", array->name, NULL);
    const char *const words[] = {"sbatch",     "--parsable",  name, "--no-requeue", indices, log,
                                 "--ntasks=1", array->script, NULL};
    g_free(call(words, &error));
    for (int i = 0; i < array->n; i++) {
        Task *task = &array->tasks[i];
        if (task->done || task->absences < ABSENCES)
            continue;
        task->absences = 0;
        task->tries++;
        if (error != NULL) {
            task->done = true;
            array->results[i].failure = g_strdup(error);
        }
    }
    g_free(error);
    g_free(name);
    g_free(log);
    g_free(indices);
    g_free(list);
}

/* Notes which tasks the queue does not know any more. All submissions have one name, so that a task
 * of an earlier one is found, too. */
static void ask_queue(Array *array) {
    char *error = NULL;
    const char *const words[] = {"squeue", "-h", "-r", "-o", "%K", "-n", array->name, NULL};
    char *out = call(words, &error);
    if (out == NULL) {
        array->silences++;
        g_free(error);
        return;
    }
    array->silences = 0;
    bool *queued = g_new0(bool, array->n);
    char **lines = g_strsplit(out, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        if (**line != '\0' && atoi(*line) < array->n)
            queued[MAX(atoi(*line), 0)] = true;
    for (int i = 0; i < array->n; i++)
        array->tasks[i].absences = queued[i] ? 0 : array->tasks[i].absences + 1;
    g_strfreev(lines);
    g_free(queued);
    g_free(out);
}

static void cancel(const Array *array) {
    char *error = NULL;
    const char *const words[] = {"scancel", "-n", array->name, NULL};
    g_free(call(words, &error));
    g_free(error);
}

/* ---- Results --------------------------------------------------------------------------------- */

/* Takes the results whose files have come. */
static void look_for_results(Array *array) {
    for (int i = 0; i < array->n; i++) {
        if (array->tasks[i].done)
            continue;
        char *path = engine_result_path(array->engine->folder, array->first + i), *bytes = NULL;
        gsize length = 0;
        if (g_file_get_contents(path, &bytes, &length, NULL)) {
            array->tasks[i].done = true;
            if (length > 0)
                array->results[i].bytes = g_byte_array_new_take((guint8 *)bytes, length);
            else
                array->results[i].failure = g_strdup("ended with code 1");
        }
        g_free(path);
    }
}

static int count_done(const Array *array) {
    int n = 0;
    for (int i = 0; i < array->n; i++)
        n += array->tasks[i].done;
    return n;
}

static void tell_progress(const Array *array) {
    double elapsed = (double)(g_get_monotonic_time() - array->begin) / G_USEC_PER_SEC;
    pool_tell(array->jobs, array->n_before + count_done(array), elapsed);
}

/* Gives up on tasks that have died as often as may be, or when the queue does not answer. */
static void give_up(Array *array) {
    for (int i = 0; i < array->n; i++) {
        Task *task = &array->tasks[i];
        bool died = task->absences >= ABSENCES && task->tries >= TRIES;
        if (task->done || (!died && array->silences < SILENCES))
            continue;
        task->done = true;
        array->results[i].failure =
            died ? g_strdup_printf("its task died %d times; see %s/%d+%d.log", TRIES,
                                   array->engine->folder, array->first, i)
                 : g_strdup("Slurm does not answer any more");
    }
}

/* ---- Arrays ---------------------------------------------------------------------------------- */

/* Writes the script of the array; false when that is not possible. */
static bool write_script(Array *array) {
    GString *text = g_string_new("#!/bin/sh\nexec");
    for (const char *const *word = array->engine->command; *word != NULL; word++) {
        char *quoted = g_shell_quote(*word);
        g_string_append_printf(text, " %s", quoted);
        if (word == array->engine->command)
            g_string_append_printf(text, " --job \"$((%d + SLURM_ARRAY_TASK_ID))\"", array->first);
        g_free(quoted);
    }
    g_string_append_c(text, '\n');
    char *name = g_strdup_printf("%d.sh", array->first);
    array->script = g_build_filename(array->engine->folder, name, NULL);
    bool written = g_file_set_contents(array->script, text->str, (gssize)text->len, NULL);
    g_free(name);
    g_string_free(text, TRUE);
    return written;
}

static bool wants_submission(const Array *array) {
    bool any = false;
    for (int i = 0; i < array->n; i++)
        any |= !array->tasks[i].done && array->tasks[i].absences >= ABSENCES;
    return any;
}

static void run_array(Array *array) {
    for (int i = 0; i < array->n; i++)
        array->tasks[i].absences = ABSENCES;
    for (int look = 0; !stop_signal_came(); look++) {
        look_for_results(array);
        give_up(array);
        if (count_done(array) == array->n)
            break;
        if (wants_submission(array))
            submit(array);
        tell_progress(array);
        stop_signal_poll(NULL, 0, look_seconds, false);
        if (look % LOOKS_PER_ASK == LOOKS_PER_ASK - 1) {
            ask_queue(array);
            /* A result may have come between the last look and the answer. */
            look_for_results(array);
        }
    }
    if (stop_signal_came())
        cancel(array);
    tell_progress(array);
}

PoolResult *slurm_run(const Engine *engine, const PoolJobs *jobs) {
    PoolResult *results = g_new0(PoolResult, jobs->n + 1);
    gint64 begin = g_get_monotonic_time();
    stop_signals_catch();
    for (int from = 0; from < jobs->n && !stop_signal_came(); from += ARRAY) {
        int n = MIN(ARRAY, jobs->n - from);
        Array array = {.engine = engine,
                       .jobs = jobs,
                       .results = results + from,
                       .first = jobs->first + from,
                       .n = n,
                       .tasks = g_new0(Task, n),
                       .begin = begin,
                       .n_before = from};
        char *question = g_path_get_basename(engine->folder);
        array.name = g_strdup_printf("pilote-%s-%d", question, array.first);
        bool written = write_script(&array);
        if (written)
            run_array(&array);
        for (int i = 0; i < n && !written; i++)
            results[from + i].failure = g_strdup("its script could not be written");
        g_free(array.script);
        g_free(array.name);
        g_free(question);
        g_free(array.tasks);
    }
    return results;
}

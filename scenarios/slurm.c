/*
 * slurm.c: jobs as a Slurm job array, through sbatch, squeue and scancel.
 *
 * Slurm takes seconds to start a task, so a task does a block of jobs, as many as leave one task
 * for each processor of the cluster. Tasks write the results of their jobs as files; a file that is
 * there is the sign that its job is done, whoever did it, and the queue is asked only about jobs
 * whose file is missing. Names in the queue say which jobs their tasks do, so that those of a run
 * that was killed are found again.
 */
#include "scenarios/slurm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "solver/stop_signal.h"

enum {
    ARRAY = 500,       /* jobs of one array at most; Slurm's own limit is 1,000 unless changed */
    TRIES = 3,         /* submissions of one job */
    LOOKS_PER_ASK = 5, /* at the folder, for one question to the queue */
    ABSENCES = 2,      /* questions in a row at which a task is neither queued nor done: it died */
    SILENCES = 30      /* questions in a row that the queue does not answer: it is gone */
};

static const double look_seconds = 0.2;

/* One job of the array. */
typedef struct Job {
    bool done; /* or given up */
    int tries, absences;
    int task; /* index in the array of the task that it was given to last */
} Job;

/* The jobs first + 0 .. first + n - 1. */
typedef struct Array {
    const Engine *engine;
    const PoolJobs *jobs;
    PoolResult *results; /* of these jobs */
    int first, n;
    int block; /* jobs that a task does, one after the other; one that has died is tried alone */
    Job *job;  /* n */
    char *question;    /* names in the queue begin so */
    GHashTable *names; /* of all tasks that do our jobs */
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

/* The number behind `label` in what the program prints, or `otherwise`. */
static int ask_number(const char *const *words, const char *label, int otherwise) {
    char *error = NULL, *out = call(words, &error);
    const char *found = out != NULL ? strstr(out, label) : NULL;
    int number = found != NULL ? atoi(found + strcspn(found, "0123456789")) : 0;
    g_free(out);
    g_free(error);
    return number > 0 ? number : otherwise;
}

/* Processors that are at work or free, in all; 0 when that is not known. */
static int count_processors(void) {
    const char *const words[] = {"sinfo", "-h", "-o", "%C", NULL};
    char *error = NULL, *out = call(words, &error);
    char **lines = g_strsplit(out != NULL ? out : "", "\n", -1);
    int n = 0, busy = 0, idle = 0;
    for (char **line = lines; *line != NULL; line++)
        if (sscanf(*line, "%d/%d/", &busy, &idle) == 2)
            n += busy + idle;
    g_strfreev(lines);
    g_free(out);
    g_free(error);
    return n;
}

/* ---- The queue ------------------------------------------------------------------------------- */

static bool is_wanted(const Job *job) {
    return !job->done && job->absences >= ABSENCES;
}

/* The job behind the last one of the task that begins with job i. */
static int task_end(const Array *array, int i) {
    int end = i + 1, most = array->job[i].tries == 0 ? array->block : 1;
    while (end < array->n && end - i < most && is_wanted(&array->job[end]) &&
           array->job[end].tries == 0)
        end++;
    return end;
}

/* Writes the script of the tasks that are to be submitted, whose indices are appended to `indices`
 * (`0,5,9`). False when it cannot be written. */
static bool write_script(Array *array, const char *path, GString *indices) {
    GString *text = g_string_new("#!/bin/sh\ncase $SLURM_ARRAY_TASK_ID in\n");
    for (int i = 0, end; i < array->n; i = end) {
        end = i + 1;
        if (!is_wanted(&array->job[i]))
            continue;
        end = task_end(array, i);
        g_string_append_printf(indices, "%s%d", indices->len > 0 ? "," : "", i);
        g_string_append_printf(text, "%d) jobs=%d-%d ;;\n", i, array->first + i,
                               array->first + end - 1);
        for (int k = i; k < end; k++)
            array->job[k].task = i;
    }
    g_string_append(text, "esac\nexec");
    for (const char *const *word = array->engine->command; *word != NULL; word++) {
        char *quoted = g_shell_quote(*word);
        g_string_append_printf(text, " %s", quoted);
        if (word == array->engine->command)
            g_string_append(text, " --job \"$jobs\"");
        g_free(quoted);
    }
    g_string_append_c(text, '\n');
    bool written = g_file_set_contents(path, text->str, (gssize)text->len, NULL);
    g_string_free(text, TRUE);
    return written;
}

/* Submits the tasks of the script; a sentence when that fails, to be freed with g_free(). */
static char *call_sbatch(const Array *array, const char *script, const char *indices) {
    char *error = NULL;
    char *list = g_strconcat("--array=", indices, NULL);
    char *log = g_strdup_printf("--output=%s/%d+%%a.log", array->engine->folder, array->first);
    char *name = g_strdup_printf("%s%d-%d", array->question, array->first, array->block);
    char *option = g_strconcat("--job-name=", name, NULL);
    const char *const words[] = {"sbatch",     "--parsable", option, "--no-requeue", list, log,
                                 "--ntasks=1", script,       NULL};
    g_free(call(words, &error));
    g_hash_table_add(array->names, name);
    g_free(option);
    g_free(log);
    g_free(list);
    return error;
}

static void submit(Array *array) {
    GString *indices = g_string_new(NULL);
    char *script = g_strdup_printf("%s/%d.sh", array->engine->folder, array->first);
    char *error = write_script(array, script, indices)
                      ? call_sbatch(array, script, indices->str)
                      : g_strdup("its script could not be written");
    for (int i = 0; i < array->n; i++) {
        Job *job = &array->job[i];
        if (!is_wanted(job))
            continue;
        job->absences = 0;
        job->tries++;
        if (error != NULL) {
            job->done = true;
            array->results[i].failure = g_strdup(error);
        }
    }
    g_free(error);
    g_free(script);
    g_string_free(indices, TRUE);
}

/* Marks the jobs of a task in the queue, which is told as its name and index. */
static void mark_queued(const Array *array, const char *line, bool *queued) {
    int first = 0, block = 0, task = 0;
    if (!g_str_has_prefix(line, array->question) ||
        sscanf(line + strlen(array->question), "%d-%d %d", &first, &block, &task) != 3)
        return;
    int from = first + task - array->first;
    for (int i = MAX(from, 0); i < MIN(from + block, array->n); i++)
        queued[i] = true;
    g_hash_table_add(array->names, g_strndup(line, strcspn(line, " ")));
}

/* Notes which jobs the queue does not know any more. */
static void ask_queue(Array *array) {
    char *error = NULL;
    const char *const words[] = {"squeue",          "-h", "-r", "-o", "%j %K", "-u",
                                 g_get_user_name(), NULL};
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
        mark_queued(array, *line, queued);
    for (int i = 0; i < array->n; i++)
        array->job[i].absences = queued[i] ? 0 : array->job[i].absences + 1;
    g_strfreev(lines);
    g_free(queued);
    g_free(out);
}

static void cancel(const Array *array) {
    GHashTableIter names;
    gpointer name;
    g_hash_table_iter_init(&names, array->names);
    while (g_hash_table_iter_next(&names, &name, NULL)) {
        char *error = NULL;
        const char *const words[] = {"scancel", "-n", name, NULL};
        g_free(call(words, &error));
        g_free(error);
    }
}

/* ---- Results --------------------------------------------------------------------------------- */

/* Takes the results whose files have come. */
static void look_for_results(Array *array) {
    for (int i = 0; i < array->n; i++) {
        if (array->job[i].done)
            continue;
        char *path = engine_result_path(array->engine->folder, array->first + i), *bytes = NULL;
        gsize length = 0;
        if (g_file_get_contents(path, &bytes, &length, NULL)) {
            array->job[i].done = true;
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
        n += array->job[i].done;
    return n;
}

static void tell_progress(const Array *array) {
    double elapsed = (double)(g_get_monotonic_time() - array->begin) / G_USEC_PER_SEC;
    pool_tell(array->jobs, array->n_before + count_done(array), elapsed);
}

/* Gives up on jobs whose tasks have died as often as may be, or when the queue does not answer. */
static void give_up(Array *array) {
    for (int i = 0; i < array->n; i++) {
        Job *job = &array->job[i];
        bool died = job->absences >= ABSENCES && job->tries >= TRIES;
        if (job->done || (!died && array->silences < SILENCES))
            continue;
        job->done = true;
        array->results[i].failure =
            died ? g_strdup_printf("its task died %d times; see %s/%d+%d.log", TRIES,
                                   array->engine->folder, array->first, job->task)
                 : g_strdup("Slurm does not answer any more");
    }
}

/* ---- Arrays ---------------------------------------------------------------------------------- */

static bool wants_submission(const Array *array) {
    bool any = false;
    for (int i = 0; i < array->n; i++)
        any |= is_wanted(&array->job[i]);
    return any;
}

static void run_array(Array *array) {
    /* Tasks of a run that was killed may be there still. */
    for (int i = 0; i < array->n; i++)
        array->job[i].absences = ABSENCES;
    ask_queue(array);
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

static void run_jobs(const Engine *engine, const PoolJobs *jobs, PoolResult *results) {
    const char *const config[] = {"scontrol", "show", "config", NULL};
    int most = MIN(ask_number(config, "MaxArraySize", ARRAY), ARRAY);
    int processors = count_processors();
    gint64 begin = g_get_monotonic_time();
    char *folder = g_path_get_basename(engine->folder);
    char *question = g_strdup_printf("pilote-%s-", folder);
    for (int from = 0; from < jobs->n && !stop_signal_came(); from += most) {
        int n = MIN(most, jobs->n - from);
        Array array = {
            .engine = engine,
            .jobs = jobs,
            .results = results + from,
            .first = jobs->first + from,
            .n = n,
            .block = processors > 0 ? (n + processors - 1) / processors : 1,
            .job = g_new0(Job, n),
            .question = question,
            .names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
            .begin = begin,
            .n_before = from,
        };
        run_array(&array);
        g_hash_table_destroy(array.names);
        g_free(array.job);
    }
    g_free(question);
    g_free(folder);
}

PoolResult *slurm_run(const Engine *engine, const PoolJobs *jobs) {
    PoolResult *results = g_new0(PoolResult, jobs->n + 1);
    stop_signals_catch();
    run_jobs(engine, jobs, results);
    return results;
}

#include "bench/generator/projects.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>

#include "bench/generator/draw.h"
#include "solver/date.h"

enum { CREWS = 4, MOST_DAYS = 10, MOST_UNITS = 10, REACH = 15, NO_MAXIMUM = -1 };

typedef struct ProjectLag {
    int from, to, min_days, max_days; /* max_days NO_MAXIMUM: none */
} ProjectLag;

typedef struct ProjectTask {
    int days, units[CREWS];
    int start; /* in a schedule that keeps everything, the household alone */
} ProjectTask;

typedef struct Project {
    int n_tasks;
    ProjectTask *tasks;
    GArray *lags; /* of ProjectLag, by `to` */
    int horizon;  /* days that are enough for the household alone */
} Project;

static int compare_lags(gconstpointer a, gconstpointer b) {
    const ProjectLag *s = a;
    const ProjectLag *t = b;
    return s->to != t->to ? s->to - t->to : s->from - t->from;
}

static void add_lag(Project *project, int from, int to) {
    for (guint i = 0; i < project->lags->len; i++) {
        const ProjectLag *lag = &g_array_index(project->lags, ProjectLag, i);
        if (lag->from == from && lag->to == to)
            return;
    }
    ProjectLag lag = {from, to, 1, NO_MAXIMUM};
    g_array_append_val(project->lags, lag);
}

/* Every task but the first few waits for one not far before it, then chance adds lags. */
static void add_lags(Project *project, Draw *draw, double complexity) {
    enum { FIRST = 3 };
    int n = project->n_tasks;
    for (int to = FIRST; to < n; to++)
        add_lag(project, draw_between(draw, MAX(to - REACH, 0), to - 1), to);
    for (int tries = 0; tries < 100 * n && project->lags->len < complexity * n; tries++) {
        int to = draw_between(draw, 1, n - 1);
        add_lag(project, draw_between(draw, MAX(to - REACH, 0), to - 1), to);
    }
    g_array_sort(project->lags, compare_lags);
}

static void add_needs(ProjectTask *task, Draw *draw, double factor) {
    int crews[CREWS] = {0, 1, 2, 3};
    int n = CLAMP((int)lround(factor * CREWS), 1, CREWS);
    for (int i = 0; i < n; i++) {
        int j = draw_between(draw, i, CREWS - 1);
        int crew = crews[j];
        crews[j] = crews[i];
        task->units[crew] = draw_between(draw, 1, MOST_UNITS);
    }
}

/* Days that all tasks take one after the other. */
static int total_days(const Project *project) {
    int days = 0;
    for (int a = 0; a < project->n_tasks; a++)
        days += project->tasks[a].days;
    return days;
}

static int earliest(const Project *project, int to) {
    int start = 0;
    for (guint i = 0; i < project->lags->len; i++) {
        const ProjectLag *lag = &g_array_index(project->lags, ProjectLag, i);
        if (lag->to == to)
            start = MAX(start, project->tasks[lag->from].start + project->tasks[lag->from].days);
    }
    return start;
}

static Project project_new(Draw *draw, const ProjectOptions *options) {
    Project project = {.n_tasks = options->tasks};
    project.tasks = g_new0(ProjectTask, options->tasks);
    project.lags = g_array_new(FALSE, FALSE, sizeof(ProjectLag));
    for (int a = 0; a < project.n_tasks; a++) {
        project.tasks[a].days = draw_between(draw, 1, MOST_DAYS);
        add_needs(&project.tasks[a], draw, options->factor);
    }
    add_lags(&project, draw, options->complexity);
    for (int a = 0; a < project.n_tasks; a++)
        project.tasks[a].start = earliest(&project, a);
    project.horizon = total_days(&project);
    return project;
}

/* capacity[] rises to what the strength says of this household: between its largest task and the
 * peak of its earliest starts. */
static void raise_capacity(const Project *project, double strength, int *capacity) {
    for (int crew = 0; crew < CREWS; crew++) {
        int largest = 0;
        int peak = 0;
        int *sum = g_new0(int, project->horizon + 1);
        for (int a = 0; a < project->n_tasks; a++) {
            const ProjectTask *task = &project->tasks[a];
            largest = MAX(largest, task->units[crew]);
            for (int d = task->start; d < task->start + task->days; d++) {
                sum[d] += task->units[crew];
                peak = MAX(peak, sum[d]);
            }
        }
        g_free(sum);
        int asked = largest + (int)lround(strength * (peak - largest));
        capacity[crew] = MAX(capacity[crew], asked);
    }
}

static bool fits(const ProjectTask *task, int start, const int *left, int horizon) {
    for (int d = start; d < start + task->days; d++) {
        for (int crew = 0; crew < CREWS; crew++) {
            if (left[crew * horizon + d] < task->units[crew])
                return false;
        }
    }
    return true;
}

/* Some lags get a maximum that the schedule of first fits keeps. */
static void add_maxima(Project *project, Draw *draw, const int *capacity, int percent) {
    enum { SLACK = 4 };
    int *left = g_new0(int, CREWS * project->horizon);
    for (int i = 0; i < CREWS * project->horizon; i++)
        left[i] = capacity[i / project->horizon];
    for (int a = 0; a < project->n_tasks; a++) {
        ProjectTask *task = &project->tasks[a];
        task->start = earliest(project, a);
        while (!fits(task, task->start, left, project->horizon))
            task->start++;
        for (int d = task->start; d < task->start + task->days; d++) {
            for (int crew = 0; crew < CREWS; crew++)
                left[crew * project->horizon + d] -= task->units[crew];
        }
    }
    for (guint i = 0; i < project->lags->len; i++) {
        ProjectLag *lag = &g_array_index(project->lags, ProjectLag, i);
        const ProjectTask *from = &project->tasks[lag->from];
        int days = project->tasks[lag->to].start - (from->start + from->days - 1);
        if (draw_percent(draw, percent))
            lag->max_days = days + draw_between(draw, 0, SLACK);
    }
    g_free(left);
}

/* ---- Files ------------------------------------------------------------------------------- */

static void add_text(cJSON *object, const char *key, const char *format, int number) {
    char *text = g_strdup_printf(format, number + 1);
    cJSON_AddStringToObject(object, key, text);
    g_free(text);
}

static cJSON *task_json(const Project *project, int a) {
    const ProjectTask *task = &project->tasks[a];
    cJSON *json = cJSON_CreateObject();
    add_text(json, "id", "w%d", a);
    cJSON_AddNumberToObject(json, "days", task->days);
    cJSON *needs = cJSON_AddArrayToObject(json, "needs");
    for (int crew = 0; crew < CREWS; crew++) {
        if (task->units[crew] > 0) {
            cJSON *need = cJSON_CreateObject();
            add_text(need, "role", "crew_%d", crew);
            cJSON_AddNumberToObject(need, "amount", task->units[crew]);
            cJSON_AddItemToArray(needs, need);
        }
    }
    cJSON *after = cJSON_AddArrayToObject(json, "after");
    for (guint i = 0; i < project->lags->len; i++) {
        const ProjectLag *lag = &g_array_index(project->lags, ProjectLag, i);
        if (lag->to == a) {
            cJSON *entry = cJSON_CreateObject();
            add_text(entry, "task", "w%d", lag->from);
            cJSON_AddNumberToObject(entry, "min_days", lag->min_days);
            if (lag->max_days != NO_MAXIMUM)
                cJSON_AddNumberToObject(entry, "max_days", lag->max_days);
            cJSON_AddItemToArray(after, entry);
        }
    }
    cJSON_AddNumberToObject(json, "notice_days", 0);
    return json;
}

static GString *operation_json(const Project *projects, int n) {
    cJSON *root = cJSON_CreateObject();
    char text[DATE_TEXT];
    date_t start = date_from_ymd(2026, 9, 7);
    int days = 0;
    for (int i = 0; i < n; i++)
        days += projects[i].horizon;
    cJSON_AddStringToObject(root, "name", "Projects");
    cJSON_AddStringToObject(root, "timezone", "Europe/Paris");
    cJSON_AddStringToObject(root, "language", "en");
    cJSON_AddStringToObject(root, "as_of", date_text(start, text));
    cJSON *horizon = cJSON_AddObjectToObject(root, "horizon");
    cJSON_AddStringToObject(horizon, "start", date_text(start, text));
    cJSON_AddStringToObject(horizon, "end", date_text(start + days - 1, text));
    cJSON *slot = cJSON_CreateObject();
    cJSON_AddStringToObject(slot, "id", "day");
    cJSON_AddStringToObject(slot, "from", "08:00");
    cJSON_AddStringToObject(slot, "to", "17:00");
    cJSON_AddItemToArray(cJSON_AddArrayToObject(root, "slots"), slot);
    cJSON *packages = cJSON_AddObjectToObject(root, "packages");
    for (int i = 0; i < n; i++) {
        char *id = g_strdup_printf("P%d", i + 1);
        cJSON *tasks = cJSON_AddArrayToObject(cJSON_AddObjectToObject(packages, id), "tasks");
        for (int a = 0; a < projects[i].n_tasks; a++)
            cJSON_AddItemToArray(tasks, task_json(&projects[i], a));
        g_free(id);
    }
    char *printed = cJSON_Print(root);
    GString *json = g_string_new(printed);
    g_string_append_c(json, '\n');
    cJSON_free(printed);
    cJSON_Delete(root);
    return json;
}

static bool write_file(const char *folder, const char *name, GString *text) {
    char *path = g_build_filename(folder, name, NULL);
    GError *error = NULL;
    g_file_set_contents(path, text->str, (gssize)text->len, &error);
    if (error)
        g_printerr("%s\n", error->message);
    bool written = error == NULL;
    g_clear_error(&error);
    g_string_free(text, TRUE);
    g_free(path);
    return written;
}

static bool write_files(const char *folder, const Project *projects, int n, const int *capacity) {
    if (g_mkdir_with_parents(folder, 0755) != 0) {
        g_printerr("%s: %s\n", folder, g_strerror(errno));
        return false;
    }
    GString *households = g_string_new("household,package\n");
    for (int i = 0; i < n; i++)
        g_string_append_printf(households, "H%03d,P%d\n", i + 1, i + 1);
    GString *resources = g_string_new("resource,role,measure,capacity,days\n");
    for (int crew = 0; crew < CREWS; crew++)
        g_string_append_printf(resources, "crew_%d,crew_%d,crew,%d,mon-sun\n", crew + 1, crew + 1,
                               capacity[crew]);
    bool written = write_file(folder, "operation.json", operation_json(projects, n));
    written = write_file(folder, "households.csv", households) && written;
    return write_file(folder, "resources.csv", resources) && written;
}

bool projects_write(const ProjectOptions *options, const char *folder) {
    Draw draw = {options->seed};
    int n = options->households;
    int capacity[CREWS] = {0};
    Project *projects = g_new(Project, n);
    for (int i = 0; i < n; i++) {
        projects[i] = project_new(&draw, options);
        raise_capacity(&projects[i], options->strength, capacity);
    }
    for (int i = 0; i < n && options->maxima > 0; i++)
        add_maxima(&projects[i], &draw, capacity, options->maxima);
    bool written = write_files(folder, projects, n, capacity);
    for (int i = 0; i < n; i++) {
        g_free(projects[i].tasks);
        g_array_free(projects[i].lags, TRUE);
    }
    g_free(projects);
    return written;
}

#include "solver/tree_internal.h"

#include "solver/project_bound.h"

#include <string.h>

enum { MOST_OPEN = 20000 };

/* ---- Nodes ------------------------------------------------------------------------------- */

static void node_free(gpointer data) {
    Node *node = data;
    if (node == NULL) {
        return;
    }
    if (node->origin != NULL && --node->origin->users == 0) {
        g_free(node->origin->prices);
        g_free(node->origin->basis);
        g_free(node->origin);
    }
    g_free(node->windows);
    g_free(node);
}

/* The least bound first; of equals the newest, which is the nearest to the last one. */
static bool comes_before(const Node *a, const Node *b) {
    return a->bound != b->bound ? a->bound < b->bound : a->number > b->number;
}

static void push(Tree *tree, Node *node) {
    g_ptr_array_add(tree->open, node);
    gpointer *heap = tree->open->pdata;
    for (guint i = tree->open->len - 1; i > 0 && comes_before(heap[i], heap[(i - 1) / 2]);) {
        gpointer swap = heap[i];
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
        heap[i] = swap;
    }
}

static Node *pop(Tree *tree) {
    gpointer *heap = tree->open->pdata;
    Node *first = heap[0];
    guint n = tree->open->len - 1;
    heap[0] = heap[n];
    heap[n] = NULL;
    g_ptr_array_set_size(tree->open, (int)n);
    for (guint i = 0;;) {
        guint least = i;
        for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < n; child++) {
            least = comes_before(heap[child], heap[least]) ? child : least;
        }
        if (least == i) {
            return first;
        }
        gpointer swap = heap[i];
        heap[i] = heap[least];
        heap[least] = swap;
        i = least;
    }
}

static int count_tasks(const Tree *tree) {
    return tree->links->first_task[tree->problem->n_households];
}

static Node *make_root(const Tree *tree) {
    Node *root = g_new0(Node, 1);
    root->bound = -INFINITY;
    root->windows = g_new(StartWindow, count_tasks(tree) + 1);
    for (int i = 0; i < count_tasks(tree); i++) {
        root->windows[i] = (StartWindow){0, tree->problem->n_days * tree->problem->n_slots - 1};
    }
    return root;
}

Tree *tree_new(const Rows *rows) {
    const Problem *problem = rows->problem;
    Tree *tree = g_new0(Tree, 1);
    tree->problem = problem;
    tree->rows = rows;
    tree->facts = usage_new_lasting(problem);
    tree->seeker = seeker_new(problem);
    tree->prices = prices_new(problem);
    tree->links = links_new(rows);
    tree->master = master_new_linked(rows, tree->links);
    tree->least = project_bounds(problem, tree->facts);
    tree->dual = g_new0(double, tree->links->n + 1);
    tree->multiplier = g_new0(double, tree->links->n + 1);
    tree->lifted = g_new0(double, tree->links->n + 1);
    tree->best = g_new0(double, tree->links->n + 1);
    tree->worth = g_new0(double, rows->n_groups * problem->n_days + 1);
    tree->open = g_ptr_array_new_with_free_func(node_free);
    tree->least_leaf = INFINITY;
    tree->chosen = g_new0(Itinerary *, problem->n_households + 1);
    push(tree, make_root(tree));
    return tree;
}

void tree_free(Tree *tree) {
    if (tree == NULL) {
        return;
    }
    node_free(tree->node);
    g_ptr_array_free(tree->open, TRUE);
    master_free(tree->master);
    links_free(tree->links);
    prices_free(tree->prices);
    seeker_free(tree->seeker);
    usage_free(tree->facts);
    g_free(tree->least);
    g_free(tree->dual);
    g_free(tree->multiplier);
    g_free(tree->lifted);
    g_free(tree->best);
    g_free(tree->worth);
    for (int h = 0; h < tree->problem->n_households; h++) {
        g_free(tree->chosen[h]);
    }
    g_free(tree->chosen);
    g_free(tree);
}

void tree_offer(Tree *tree, const Itinerary *itinerary) {
    master_add(tree->master, itinerary_copy(tree->problem, itinerary));
}

/* ---- Branching --------------------------------------------------------------------------- */

/* Where a node can be split: task k of household h starts at position `at` or before, or later. */
typedef struct Split {
    int h, k;
    int32_t at;
    double score;
} Split;

/* Fills share[n_days * n_slots]: of the starts of task k in the fractional plan. */
static void find_starts(const Tree *tree, int h, int k, double *share) {
    int n_slots = tree->problem->n_slots;
    memset(share, 0, sizeof(double) * (size_t)tree->problem->n_days * (size_t)n_slots);
    for (int i = 0; i < master_columns(tree->master); i++) {
        const Itinerary *itinerary = master_itinerary(tree->master, i);
        if (itinerary->household == h && itinerary->n > 0) {
            const Dated *dated = &itinerary->tasks[k];
            share[dated->start * n_slots + dated->slot] += master_share(tree->master, i);
        }
    }
}

/* The best start at which to split a task: shares on both sides are even, and far apart. */
static Split split_task(const Tree *tree, int h, int k, const double *share) {
    const double least = 1e-4;
    int n = tree->problem->n_days * tree->problem->n_slots;
    double all = 0;
    double all_mean = 0;
    for (int p = 0; p < n; p++) {
        all += share[p];
        all_mean += share[p] * p;
    }
    Split best = {h, k, 0, 0};
    double before = 0;
    double before_mean = 0;
    int last = 0;
    for (int p = 0; p < n; p++) {
        if (share[p] < least) {
            continue;
        }
        double after = all - before;
        if (before > least && after > least) {
            double apart = (all_mean - before_mean) / after - before_mean / before;
            double score = before * after * apart;
            best = score > best.score ? (Split){h, k, (last + p - 1) / 2, score} : best;
        }
        before += share[p];
        before_mean += share[p] * p;
        last = p;
    }
    /* Works cost more when they move than appointments do. */
    const double appointment = 0.3;
    best.score *= (double)tree->problem->households[h].weight + 1;
    best.score *= free_template(tree->problem, h, k)->appointment ? appointment : 1;
    return best;
}

static Split find_split(const Tree *tree) {
    const Problem *problem = tree->problem;
    double *share = g_new(double, (size_t)problem->n_days * problem->n_slots + 1);
    Split best = {0};
    for (int h = 0; h < problem->n_households; h++) {
        for (int k = 0; k < problem->households[h].n_free; k++) {
            find_starts(tree, h, k, share);
            Split split = split_task(tree, h, k, share);
            best = split.score > best.score ? split : best;
        }
    }
    g_free(share);
    return best;
}

static Origin *make_origin(const Tree *tree) {
    Origin *origin = g_new0(Origin, 1);
    for (int i = 0; i < tree->links->n; i++) {
        origin->n_prices += tree->best[i] > 0 ? 1 : 0;
    }
    origin->prices = g_new(Price, origin->n_prices + 1);
    int n = 0;
    for (int i = 0; i < tree->links->n; i++) {
        if (tree->best[i] > 0) {
            origin->prices[n++] = (Price){i, tree->best[i]};
        }
    }
    origin->basis = master_basis(tree->master);
    return origin;
}

static void push_child(Tree *tree, const Node *node, Origin *origin, const Split *split,
                       bool early) {
    size_t size = sizeof(StartWindow) * (size_t)(count_tasks(tree) + 1);
    Node *child = g_new0(Node, 1);
    child->bound = node->bound;
    child->number = ++tree->n_nodes;
    child->windows = g_malloc(size);
    memcpy(child->windows, node->windows, size);
    child->origin = origin;
    origin->users++;
    StartWindow *window = &child->windows[tree->links->first_task[split->h] + split->k];
    if (early) {
        window->high = MIN(window->high, split->at);
    } else {
        window->low = MAX(window->low, split->at + 1);
    }
    push(tree, child);
}

/* ---- Growing ----------------------------------------------------------------------------- */

/* The node at hand is bounded: splits it, when that is needed. False when it cannot be split before
 * its relaxation is solved to its end. */
static bool close_node(Tree *tree, double upper, bool whole) {
    const double least_score = 1e-5;
    Node *node = tree->node;
    if (tree_whole(node->bound) < upper) {
        Split split = COST_IS_FINITE(tree->value) ? find_split(tree) : (Split){0};
        if (split.score < least_score && !whole) {
            return false;
        }
        if (split.score < least_score) {
            tree->least_leaf = MIN(tree->least_leaf, node->bound);
        } else {
            Origin *origin = make_origin(tree);
            push_child(tree, node, origin, &split, true);
            push_child(tree, node, origin, &split, false);
        }
    }
    node_free(node);
    tree->node = NULL;
    /* Bases do not outlive it. */
    master_clean(tree->master);
    return true;
}

static double work_so_far(const Tree *tree) {
    const double of_step = 30000;
    return seeker_work(tree->seeker) + of_step * master_steps(tree->master);
}

void tree_grow(Tree *tree, cost_t upper, double work, ColumnSink *sink, void *context) {
    double end = work_so_far(tree) + work;
    bool whole = false;
    tree->sink = sink;
    tree->context = context;
    tree->found = false;
    while (tree_is_open(tree) && work_so_far(tree) < end) {
        if (tree->node == NULL) {
            tree->node = pop(tree);
            whole = false;
            if (tree_whole(tree->node->bound) < (double)upper) {
                tree_enter(tree);
            }
        }
        if (tree_relax(tree, (double)upper, whole)) {
            whole = !close_node(tree, (double)upper, whole);
        }
    }
}

bool tree_found(const Tree *tree) {
    return tree->found;
}

const Itinerary *tree_choice(const Tree *tree, int h) {
    return tree->chosen[h];
}

double tree_bound(const Tree *tree) {
    double bound = tree->node == NULL ? INFINITY : tree->node->bound;
    if (tree->open->len > 0) {
        const Node *first = tree->open->pdata[0];
        bound = MIN(bound, first->bound);
    }
    return MIN(bound, tree->least_leaf);
}

bool tree_is_open(const Tree *tree) {
    return tree->open->len < MOST_OPEN && (tree->open->len > 0 || tree->node != NULL);
}

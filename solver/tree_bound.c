/* tree_bound.c: the bound of a node, by column generation. */
#include "solver/project_bound.h"
#include "solver/tree_internal.h"

#include <string.h>

static bool column_fits(const void *context, const Itinerary *itinerary) {
    const Tree *tree = context;
    if (tree->node == NULL) {
        return true; /* the next node will tell */
    }
    const StartWindow *windows =
        &tree->node->windows[tree->links->first_task[itinerary->household]];
    bool fits = true;
    for (int k = 0; k < itinerary->n && fits; k++) {
        const Dated *dated = &itinerary->tasks[k];
        int32_t position = dated->start * tree->problem->n_slots + dated->slot;
        fits = position >= windows[k].low && position <= windows[k].high;
    }
    return fits;
}

/* The least price of an itinerary of household h within its windows, or of its staying unplanned;
 * what is found becomes a column. */
static double price_household(Tree *tree, int h) {
    const double tolerance = 1.0 / 64;
    const ProblemHousehold *household = &tree->problem->households[h];
    const Column *column;
    double known = master_cheapest(tree->master, h, tree->lifted, &column);
    if (household->n_free == 0 || household->impossible) {
        return known;
    }
    if (project_bound_suffices(household, tree->least[h])) {
        return MIN(known, tree->least[h]);
    }
    const LatePrices late = links_prices(tree->links, h, tree->lifted);
    Request request = {.household = h,
                       .usage = tree->facts,
                       .prices = tree->prices,
                       .windows = &tree->node->windows[tree->links->first_task[h]],
                       .late = &late,
                       .nodes = PROOF_NODES,
                       .lag_nodes = PROOF_LAG_NODES,
                       .cutoff = known - tolerance};
    double value;
    double least;
    Itinerary *found = cheapest_itinerary(tree->seeker, &request, &value, &least);
    if (found != NULL) {
        found->cost = itinerary_cost(tree->problem, found);
        if (tree->sink != NULL) {
            tree->sink(tree->context, itinerary_copy(tree->problem, found));
        }
        master_add(tree->master, found);
    }
    return MIN(MAX(least, tree->least[h]), request.cutoff);
}

/* The Lagrangian function of the node at multiplier[], lifted. */
static void evaluate(Tree *tree) {
    size_t size = sizeof(double) * (size_t)tree->links->n;
    memcpy(tree->lifted, tree->multiplier, size);
    links_lift(tree->links, tree->lifted);
    rows_price(tree->rows, tree->lifted, tree->prices);
    links_worth(tree->links, tree->lifted, tree->worth);
    double value = rows_evenings_with(tree->rows, tree->lifted, tree->worth) -
                   rows_limit_price(tree->rows, tree->lifted);
    for (int h = 0; h < tree->problem->n_households; h++) {
        value += price_household(tree, h);
    }
    tree->node->bound = MAX(tree->node->bound, value);
    if (value > tree->best_value) {
        tree->best_value = value;
        memcpy(tree->best, tree->multiplier, size);
    }
}

void tree_enter(Tree *tree) {
    const Node *node = tree->node;
    const Origin *origin = node->origin;
    tree->best_value = -INFINITY;
    tree->value = COST_INFINITE;
    tree->times = tree->stale = 0;
    tree->before = INFINITY;
    tree->steps = master_steps(tree->master);
    memset(tree->best, 0, sizeof(double) * (size_t)tree->links->n);
    tree->exact = !tree->eased;
    master_set_eased(tree->master, tree->eased);
    master_restrict(tree->master, column_fits, tree);
    if (origin == NULL) {
        return;
    }
    for (int i = 0; i < origin->n_prices; i++) {
        tree->best[origin->prices[i].row] = origin->prices[i].price;
    }
    master_return(tree->master, origin->basis);
    memcpy(tree->multiplier, tree->best, sizeof(double) * (size_t)tree->links->n);
    evaluate(tree);
}

/* From near the best multipliers to near the relaxation's, see bound_try(); the relaxation takes
 * several times as long as an evaluation. */
static void evaluate_between(Tree *tree, double upper) {
    static const double smoothings[] = {0.9, 0.8, 0.7, 0.5, 0.35, 0.2};
    for (size_t k = 0; k < G_N_ELEMENTS(smoothings); k++) {
        if (tree_whole(tree->node->bound) >= upper) {
            return;
        }
        for (int i = 0; i < tree->links->n; i++) {
            bool exists = i >= tree->rows->n || tree->rows->exists[i];
            double own = exists ? tree->dual[i] : 0;
            tree->multiplier[i] = smoothings[k] * tree->best[i] + (1 - smoothings[k]) * own;
        }
        evaluate(tree);
    }
}

/* Keeps a relaxation that is a choice of whole columns. */
static void note_choice(Tree *tree, double upper) {
    const Problem *problem = tree->problem;
    int whole = 0;
    int free = 0;
    for (int h = 0; h < problem->n_households; h++) {
        free += problem->households[h].n_free > 0 ? 1 : 0;
    }
    for (int i = 0; i < master_columns(tree->master); i++) {
        whole += master_share(tree->master, i) > 1 - 1e-6 ? 1 : 0;
    }
    if (whole < free || tree->value > upper - 0.5) {
        return;
    }
    tree->found = true;
    for (int i = 0; i < master_columns(tree->master); i++) {
        if (master_share(tree->master, i) > 1 - 1e-6) {
            const Itinerary *itinerary = master_itinerary(tree->master, i);
            g_free(tree->chosen[itinerary->household]);
            tree->chosen[itinerary->household] = itinerary_copy(problem, itinerary);
        }
    }
}

bool tree_relax(Tree *tree, double upper, bool whole) {
    enum { MOST_TIMES = 200, MOST_STEPS = 6000, PATIENCE = 8 };
    const double early = 0.1;   /* of the gap: what more could be gained here is worth less */
    const double exact = 0.005; /* of the total: a gap of less is not to be lost by easing */
    if (tree_whole(tree->node->bound) >= upper) {
        return true;
    }
    tree->value = master_relax(tree->master, tree->dual);
    tree->times++;
    double open = tree->value - tree->node->bound;
    double gap = upper - tree->node->bound;
    if (!COST_IS_FINITE(tree->value) || tree->times > MOST_TIMES) {
        return true;
    }
    note_choice(tree, upper);
    bool solved = open < 0.01 || (!whole && tree->value < upper && open < early * gap);
    /* Near the end many steps gain next to nothing; a relaxation below `upper` is split anyway. */
    tree->stale = tree->before - open < early * open ? tree->stale + 1 : 0;
    tree->before = open;
    solved = solved || (tree->stale >= PATIENCE && (whole || tree->value < upper));
    if (solved && !tree->exact && (whole || gap < exact * upper)) {
        master_set_eased(tree->master, false);
        tree->exact = true;
        tree->stale = 0;
        solved = false;
    }
    if (solved) {
        return true;
    }
    if (!tree->eased && master_steps(tree->master) - tree->steps > MOST_STEPS) {
        tree->eased = true;
        tree->exact = false;
        master_set_eased(tree->master, true);
    }
    evaluate_between(tree, upper);
    return false;
}

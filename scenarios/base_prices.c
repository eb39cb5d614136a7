#include "scenarios/base_prices.h"

#include <glib.h>

BasePrices *base_prices_new(const Operation *op, const Plan *plan, int raises, int threads) {
    BasePrices *prices = g_new0(BasePrices, 1);
    Workers *workers = workers_new(threads);
    Seeker **seekers = g_new0(Seeker *, workers_count(workers) + 1);
    prices->problem = problem_new(op, plan);
    prices->rows = rows_new(prices->problem);
    for (int t = 0; t < workers_count(workers); t++)
        seekers[t] = seeker_new(prices->problem);
    Bound *bound = bound_new(prices->problem, prices->rows, workers, seekers);
    for (int i = 0; i < raises; i++)
        bound_raise(bound, NULL, NULL);
    prices->multiplier =
        g_memdup2(bound_multipliers(bound), sizeof(double) * ((size_t)prices->rows->n + 1));
    prices->bound = bound_value(bound);
    bound_free(bound);
    for (int t = 0; t < workers_count(workers); t++)
        seeker_free(seekers[t]);
    g_free(seekers);
    workers_free(workers);
    return prices;
}

void base_prices_free(BasePrices *prices) {
    if (prices == NULL)
        return;
    g_free(prices->multiplier);
    rows_free(prices->rows);
    problem_free(prices->problem);
    g_free(prices);
}

Outlook outlook_open(const BasePrices *prices, const Problem *problem, Seeker **seeker) {
    Outlook outlook = {.workers = workers_new(1), .rows = rows_new(problem)};
    outlook.bound = bound_new(problem, outlook.rows, outlook.workers, seeker);
    double *multiplier = g_new(double, outlook.rows->n + 1);
    rows_carry(prices->rows, prices->multiplier, outlook.rows, multiplier);
    bound_raise(outlook.bound, NULL, NULL);
    bound_try(outlook.bound, multiplier, 0, NULL, NULL);
    g_free(multiplier);
    return outlook;
}

void outlook_close(Outlook *outlook) {
    bound_free(outlook->bound);
    rows_free(outlook->rows);
    workers_free(outlook->workers);
}

#include "solver/prices.h"

#include <glib.h>

Prices *prices_new(const Problem *problem) {
    Prices *prices = g_new0(Prices, 1);
    size_t n_days = (size_t)problem->n_days;
    size_t need_days = (size_t)problem->need_days;
    prices->problem = problem;
    prices->crew = g_new0(double, problem->n_resources *n_days + 1);
    prices->clock = g_new0(double, clock_cell(problem, problem->n_resources, 0, 0) + 1);
    prices->home = g_new0(double, problem->n_classes *n_days + 1);
    prices->need = g_new0(double, problem->n_pools *need_days + 1);
    prices->crew_sum = g_new0(double, problem->n_pairs *(n_days + 1) + 1);
    prices->home_sum = g_new0(double, problem->n_classes *(n_days + 1) + 1);
    prices->need_sum = g_new0(double, problem->n_pools *(need_days + 1) + 1);
    return prices;
}

void prices_free(Prices *prices) {
    if (prices == NULL) {
        return;
    }
    g_free(prices->crew);
    g_free(prices->clock);
    g_free(prices->home);
    g_free(prices->need);
    g_free(prices->crew_sum);
    g_free(prices->home_sum);
    g_free(prices->need_sum);
    g_free(prices);
}

void prices_sum(Prices *prices) {
    const Problem *problem = prices->problem;
    int n_days = problem->n_days;
    for (int p = 0; p < problem->n_pairs; p++) {
        const uint8_t *works = problem->joint[problem->pair_calendar[p]].works;
        const double *price = &prices->crew[(size_t)problem->pair_member[p] * n_days];
        double *sum = &prices->crew_sum[(size_t)p * (n_days + 1)];
        for (day_t d = 0; d < n_days; d++) {
            sum[d + 1] = sum[d] + (works[d] ? price[d] : 0);
        }
    }
    for (int c = 0; c < problem->n_classes; c++) {
        const double *price = &prices->home[(size_t)c * n_days];
        double *sum = &prices->home_sum[(size_t)c * (n_days + 1)];
        for (day_t d = 0; d < n_days; d++) {
            sum[d + 1] = sum[d] + price[d];
        }
    }
    for (int i = 0; i < problem->n_pools; i++) {
        const double *price = &prices->need[(size_t)i * problem->need_days];
        double *sum = &prices->need_sum[(size_t)i * (problem->need_days + 1)];
        for (int t = problem->need_days - 1; t >= 0; t--) {
            sum[t] = sum[t + 1] + price[t];
        }
    }
}

#include "solver/search/operators.h"

#include <glib.h>

Operator operator_of(int number) {
    static const int least[OPERATOR_SIZES] = {2, 4, 7};
    static const int most[OPERATOR_SIZES] = {3, 6, 10};
    static const day_t reaches[OPERATOR_REACHES] = {5, 10, 20, 40, OPERATOR_ANYWHERE};
    int size = number / 2 % OPERATOR_SIZES;
    return (Operator){least[size], most[size], reaches[number / 2 / OPERATOR_SIZES],
                      number % 2 != 0};
}

int operators_choose(const Operators *operators, bool prices, Random *random) {
    /* How much better or worse than the mean an operator can be held to be. */
    const double best = 4;
    const double worst = 0.25;
    double weight[OPERATORS];
    double work = 1;
    double gain = 1e-3;
    for (int i = 0; i < OPERATORS; i++) {
        const OperatorRecord *record = &operators->record[i];
        if (record->tries > 0) {
            work += record->work;
            gain += record->gain;
        }
    }
    double sum = 0;
    for (int i = 0; i < OPERATORS; i++) {
        const OperatorRecord *record = &operators->record[i];
        bool allowed = prices || !operator_of(i).guided;
        weight[i] = 0;
        if (allowed && record->tries <= 0) {
            return i;
        }
        if (allowed) {
            double rate = (record->gain / record->work) / (gain / work);
            weight[i] = CLAMP(rate, worst, best) * record->tries / record->work;
        }
        sum += weight[i];
    }
    double left = random_unit(random) * sum;
    int chosen = 0;
    for (int i = 0; i < OPERATORS; i++) {
        chosen = weight[i] > 0 ? i : chosen;
        left -= weight[i];
        if (left < 0) {
            break;
        }
    }
    return chosen;
}

void operators_learn(Operators *operators, int number, double work, double gain) {
    const double fading = 0.98;
    OperatorRecord *record = &operators->record[number];
    record->work = fading * record->work + work;
    record->gain = fading * record->gain + gain;
    record->tries = fading * record->tries + 1;
}

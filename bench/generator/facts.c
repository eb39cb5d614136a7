/* facts.c: visits that have taken place or that somebody counts on. */
#include "bench/generator/estate.h"

enum { VISITS_A_DAY = 4, MOST_VISITS = 9 * VISITS_A_DAY };

/* The n-th visit in a diary of four visits a day, beginning on Monday `first`. */
static void diary_place(date_t first, int n, date_t *date, int *minute) {
    static const int starts[VISITS_A_DAY] = {8 * 60 + 30, 10 * 60 + 15, 13 * 60 + 30, 15 * 60 + 15};
    int day = n / VISITS_A_DAY;
    *date = first + day + day / 5 * 2;
    *minute = starts[n % VISITS_A_DAY];
}

void facts_add(Estate *estate) {
    int pilots = estate_role_size(estate, ROLE_PILOT);
    if (pilots == 0)
        return;
    int *n_done = g_new0(int, pilots), *n_promised = g_new0(int, pilots);
    for (int h = 0; h < estate->options.households; h++) {
        const GenHousehold *household = &estate->households[h];
        if (household->times != TIMES_ANY || household->earliest != DATE_NONE ||
            !draw_percent(&estate->draw, 28))
            continue;
        static const char *const statuses[] = {"done", "announced", "confirmed"};
        static const int shares[] = {5, 3, 2};
        int status = draw_share(&estate->draw, shares, 3);
        GenFact fact = {.household = h, .status = statuses[status]};
        fact.pilot = household->pilot >= 0 ? household->pilot : h % pilots;
        int *n = status == 0 ? &n_done[fact.pilot] : &n_promised[fact.pilot];
        if (*n >= MOST_VISITS)
            continue;
        date_t first = status == 0 ? estate->start - 14 : estate->start;
        diary_place(first, (*n)++, &fact.date, &fact.minute);
        g_array_append_val(estate->facts, fact);
    }
    g_free(n_done);
    g_free(n_promised);
}

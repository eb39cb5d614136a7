#include <glib.h>
#include <stdio.h>

#include "commands/commands.h"
#include "io/offer.h"
#include "io/words.h"
#include "solver/language.h"

static void print(char *text) {
    fputs(text, stdout);
    g_free(text);
}

/* Dates for one task of a household. */
static ExitCode offer_dates(const CommandLine *line, const Standing *standing, const Wish *wish) {
    Arena *arena = arena_new();
    Offer *offers = ARENA_NEW(arena, Offer, wish->count);
    int n = offers_confirmed(standing, wish, arena, offers);
    print(line->json ? offers_json(standing, wish, offers, n)
                     : offers_text(standing, wish, offers, n, line->folder));
    arena_free(arena);
    return n > 0 ? EXIT_DONE : EXIT_SHORTFALL;
}

/* Callers for a date that came free. */
static ExitCode offer_freed(const CommandLine *line, const Standing *standing,
                            const FreedSlot *slot) {
    Freed *freed = freed_find(standing, slot, line->count);
    int n = freed->n;
    print(line->json ? freed_json(standing, slot, freed) : freed_text(standing, slot, freed));
    freed_free(freed);
    return n > 0 ? EXIT_DONE : EXIT_SHORTFALL;
}

/* What is asked for; false after saying what is not there. */
static bool find_wish(const CommandLine *line, const Operation *op, Wish *wish) {
    *wish = (Wish){.household = named_household(op, line->household),
                   .task = NONE,
                   .count = line->count,
                   .from = line->from,
                   .until = line->until,
                   .late = line->late};
    if (wish->household != NONE)
        wish->task = named_task(op, wish->household, line->task);
    if (wish->task == NONE)
        return false;
    if (op->households[wish->household].facts[wish->task].status >= STATUS_STARTED) {
        say(_("'%s' of household '%s' is done or under way"), line->task, line->household);
        return false;
    }
    return true;
}

static bool find_slot(const CommandLine *line, const Operation *op, FreedSlot *slot) {
    *slot = (FreedSlot){named_resource(op, line->freed), line->freed_start.date,
                        line->freed_start.minute};
    if (slot->member == NONE)
        return false;
    bool clock = op->resources[slot->member].measure == MEASURE_CLOCK;
    if (clock && slot->minute == MINUTE_NONE)
        say(_("'%s' keeps appointments: the time is missing"), line->freed);
    else if (!clock && slot->minute != MINUTE_NONE)
        say(_("'%s' works by days: a date without a time is expected"), line->freed);
    else if (slot->start < op->start || slot->start > op->end)
        say(_("the date lies outside the horizon"));
    else
        return true;
    return false;
}

static ExitCode answer(const CommandLine *line, Inputs *inputs) {
    Wish wish;
    FreedSlot slot;
    bool freed = line->freed != NULL;
    if (freed ? !find_slot(line, inputs->op, &slot) : !find_wish(line, inputs->op, &wish))
        return EXIT_USAGE;
    Standing *standing = standing_read(line, inputs);
    if (standing == NULL)
        return EXIT_INPUTS;
    ExitCode code = freed ? offer_freed(line, standing, &slot) : offer_dates(line, standing, &wish);
    standing_free(standing);
    return code;
}

ExitCode command_offer(const CommandLine *line) {
    return inputs_ask(line, answer);
}

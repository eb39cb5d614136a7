/*
 * rows.h: the rows of the master program: what households share, as linear inequalities.
 *
 *     crew    member r, day d               units in use            <= capacity left by facts
 *     clock   member r, day d, slot s, j    sizes_j of appointments <= people (late: * evening)
 *     home    class c, day d                homes held              <= homes of the class
 *     need    pool p, day t                 pieces needed up to t   <= pieces there
 *     week    member r, week w              evenings                <= max_late_per_week
 *
 * A clock slot is a bin of the length of the slot plus the buffer, an appointment an item of its
 * minutes plus the buffer. Row j = 0 is the size itself, rows j >= 1 are the dual feasible
 * functions u^(j) of Fekete and Schepers (2001): an item of x of the bin counts
 * floor((j + 1) x) / j (x itself where (j + 1) x is whole). All are valid, and row 1 says that two
 * appointments of more than half a slot do not share it. The same rows again for each part of the
 * slot (see SlotParts) count the appointments that must lie inside it, in a bin of its length. An
 * evening is a variable y in 0..1 of its
 * own at the cost late_evening; week rows stay with it.
 *
 * Members of one role are one group, and a row is for the whole group: the sum of the members'
 * rows. Where they work on the same days the linear relaxation loses nothing, because an itinerary
 * can be split over them in proportion to their capacity; where one is away for some days it loses
 * what can be told apart in those days only. In return members have no prices that differ, which
 * saves most of the choice between them. Members stay alone where most households have one of their
 * own, where their slots differ on days on which both come, and where facts have taken late
 * evenings. "Member r" above is such a group, told by its first member.
 *
 * Rows are one array, section after section; row indices are stable for a problem.
 */
#ifndef PILOTE_ROWS_H
#define PILOTE_ROWS_H

#include "solver/prices.h"
#include "solver/usage.h"

enum {
    CLOCK_BIN_ROWS = 4,                            /* of a slot or part of one */
    CLOCK_ROWS = (1 + MOST_PARTS) * CLOCK_BIN_ROWS /* of a slot of a member's day */
};

typedef struct Rows {
    const Problem *problem;
    int n;                                   /* all rows */
    int clock_first, home_first, need_first; /* where sections begin; crew begins at 0 */
    int *group;                              /* per resource: the first member of its group */
    int *group_size;                         /* per first member */
    int *clock_member;                       /* per resource: its group's place among the clocks' */
    int n_groups;                            /* that keep a clock */
    int *member_clock;                       /* per clock group: the first member */
    int *evenings_most;                      /* [clock group * n_days + d]: members in late slots */
    double *limit;                           /* n: right-hand sides; for clock rows: people */
    double *unit;                            /* n: what one household's task takes, about */
    uint8_t *exists;                         /* n: 0 where the row says nothing */
    double *size; /* [((s * n_durations + i) * 2 + many) * CLOCK_ROWS + j]: what an appointment of
                     duration i takes of slot s and its parts, if it must lie in them; `many`: the
                     member has several people and needs no buffer */
} Rows;

Rows *rows_new(const Problem *problem);
void rows_free(Rows *rows);

/* What an itinerary takes of the rows that exist: n entries; a row may be met twice. Begin with
 * {0}, clear with column_clear(). */
typedef struct Column {
    int n, room;
    int *row;
    double *amount;
} Column;

/* Fills `column` with what the itinerary uses. */
void rows_column(const Rows *rows, const Itinerary *itinerary, Column *column);

/* Fills it with what household h uses by staying unplanned: its home, when it is away. */
void rows_unplanned(const Rows *rows, int h, Column *column);

/* Adds an entry. */
void column_put(Column *column, int row, double amount);
double column_price(const Column *column, const double *multiplier);
void column_add(const Column *column, double times, double *usage);
void column_clear(Column *column);

/* Fills now[to->n] with multipliers of `to` that mean what then[from->n] mean of `from`, the rows
 * of an operation with the same members and items (there may be more of them in `to`'s place behind
 * the others); 0 for rows that have no counterpart. */
void rows_carry(const Rows *from, const double *then, const Rows *to, double *now);

/* How many rows from `row` on are much alike: those of one slot, or a few days in a row. Groups
 * begin at row 0. */
int rows_group(const Rows *rows, int row);

/* True for a clock row of a late slot: its room is the evening's, not a limit. */
bool rows_is_evening(const Rows *rows, int row);

/* What a row can hold, the room of evenings not counted. */
static inline double rows_room(const Rows *rows, int row) {
    return rows_is_evening(rows, row) ? 0 : rows->limit[row];
}

/* Of such a row: r * n_days + d. */
size_t rows_evening_cell(const Rows *rows, int row);

/* Sets the prices that the multipliers mean for itineraries, sums included. */
void rows_price(const Rows *rows, const double *multiplier, Prices *prices);

/* The evenings: the least of late_evening * y - (people * multipliers of the evening's rows) * y
 * within the weeks' limits. */
double rows_evenings(const Rows *rows, const double *multiplier);

/* The same where an evening of a clock group on day d is worth worth[clock group * n_days + d]
 * more. */
double rows_evenings_with(const Rows *rows, const double *multiplier, const double *worth);

/* How many members of group r can have a late evening on day d. */
int rows_evenings_most(const Rows *rows, int r, day_t d);

/* What one more late evening a week of group r would save at these multipliers. */
double rows_evening_worth(const Rows *rows, const double *multiplier, int r);

/* What one more unit, or person outside evenings, of member r would save on all its days. */
double rows_capacity_worth(const Rows *rows, const double *multiplier, int r);

/* The rows with wanted[row] that have their room from the evening of group r on day d: their
 * number, at most rows_most_of_evening(), the rows, and minus the room that one evening gives to
 * each. */
int rows_of_evening(const Rows *rows, int r, day_t d, const uint8_t *wanted, int *row,
                    double *amount);
int rows_most_of_evening(const Rows *rows);

/* Sum of multiplier times limit over the rows that no evening governs. */
double rows_limit_price(const Rows *rows, const double *multiplier);

#endif

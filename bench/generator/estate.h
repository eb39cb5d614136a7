/*
 * estate.h: a generated estate: its households, what they may use, and what has happened so far.
 *
 * Dates are date_t of solver/date.h. Everything but the texts of `names.c` belongs to the estate.
 */
#ifndef PILOTE_GENERATOR_ESTATE_H
#define PILOTE_GENERATOR_ESTATE_H

#include <glib.h>

#include "bench/generator/draw.h"
#include "bench/generator/works.h"
#include "solver/date.h"

typedef struct GenOptions {
    int households;
    uint64_t seed;
    double tightness; /* at most this share of every capacity is needed */
    bool hostile;     /* texts that hurt careless readers and writers */
    bool progress;    /* about one household in ten has something done or promised */
    bool general;     /* some packages are no series-parallel graphs */
} GenOptions;

/* When the tenant can receive somebody. */
typedef enum GenTimes {
    TIMES_ANY, /* no rows */
    TIMES_EVENINGS,
    TIMES_EVENINGS_SATURDAYS,
    TIMES_MORNINGS,
    TIMES_SOME_DAYS,
    TIMES_PREFERRED,
    TIMES_COUNT
} GenTimes;

enum { MAX_GEN_ABSENCES = 3 };

typedef struct GenHousehold {
    GenPackage package;
    int building; /* index, from 0 */
    int rooms, half_m3, weight;
    bool accessible, own;
    date_t earliest, deadline; /* DATE_NONE: none */
    int max_nights;            /* 0: none */
    int pilot, electrician;    /* index of the fixed member of the role, or -1 */
    GenTimes times;
    int detail; /* which days or hours of `times` */
    int n_absences;
    date_t absence_from[MAX_GEN_ABSENCES], absence_until[MAX_GEN_ABSENCES];
} GenHousehold;

/* One person or firm. */
typedef struct GenMember {
    GenRole role;
    int number; /* within its role, from 0 */
    int capacity;
    int max_late;      /* evenings a week; clock only */
    date_t holiday[3]; /* Mondays of weeks in which it is closed, apart from the common ones */
} GenMember;

typedef struct GenHome {
    int rooms, building;
    bool accessible;
} GenHome;

typedef struct GenDelivery {
    GenItem item;
    int quantity;
    date_t date;
    int household; /* index, or -1: common stock */
} GenDelivery;

/* A row of progress.csv: always about the first visit. */
typedef struct GenFact {
    int household;
    const char *status;
    date_t date;
    int minute; /* of the start */
    int pilot;  /* index of the member */
} GenFact;

/* How much of a capacity is needed: for the generator's own check and report. */
typedef struct GenUse {
    const char *of;
    double needed, available;
} GenUse;

typedef struct Estate {
    GenOptions options;
    Draw draw;
    date_t as_of, start, end;
    int n_buildings;
    GenHousehold *households; /* options.households of them */
    GArray *members;          /* of GenMember, role by role */
    GArray *homes;            /* of GenHome */
    GArray *deliveries;       /* of GenDelivery */
    GArray *facts;            /* of GenFact */
    GArray *uses;             /* of GenUse */
} Estate;

/* A new estate with its households, and nothing else yet. Free it with estate_free(). */
Estate *estate_new(const GenOptions *options);
void estate_free(Estate *estate);

/* True when works and appointments are closed for everybody: weekends (Saturdays count as closed),
 * public holidays, the end of the year. */
bool estate_closed(date_t date);

/* How many members the role has so far. */
int estate_role_size(const Estate *estate, GenRole role);

/* Adds people, firms, homes and deliveries in the numbers that the households need, and counts
 * `uses`. Returns false when a capacity is not enough at the asked tightness. */
bool means_add(Estate *estate);

/* Adds what is done and promised already, without clashes in any pilot's diary. */
void facts_add(Estate *estate);

/* Writes all files of the operation into `folder`, which is made when missing. Returns false after
 * having said why on stderr. */
bool files_write(const Estate *estate, const char *folder);

#endif

/* read_scenario.h: what may happen, from a file or in a few words on the command line. */
#ifndef PILOTE_READ_SCENARIO_H
#define PILOTE_READ_SCENARIO_H

#include "io/fault.h"
#include "scenarios/alteration.h"

/*
 * Reads the scenario file at `path` against `op`, in `arena`: an object with `name` and `changes`,
 * see docs/scenarios.md. Every fault is appended to `faults` with its line and its path in the file
 * (`changes[2].date`). Returns false when there was one.
 */
bool scenario_read(const char *path, const Operation *op, Arena *arena, Scenario *scenario,
                   Faults *faults);

/*
 * `kitchen-03:+10d`, `kitchen-03:2026-11-02`, `kitchen-03:never`, several with a comma between
 * them. A name is that of a delivery, else of an item, else of a supplier: then all deliveries of
 * it that have not arrived. Faults name the option. The scenario is in `arena`.
 */
bool scenario_from_slips(const char *text, const Operation *op, Arena *arena, Scenario *scenario,
                         Faults *faults);

#endif

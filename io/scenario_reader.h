/* scenario_reader.h: what the readers of scenarios share. For io/read_scenario*.c only. */
#ifndef PILOTE_SCENARIO_READER_H
#define PILOTE_SCENARIO_READER_H

#include <glib.h>

#include "io/json.h"
#include "scenarios/alteration.h"

typedef struct ScenarioReader {
    const Operation *op;
    const JsonDocument *document;
    Arena *arena;
    GArray *alterations; /* Alteration */
    GPtrArray *joined;   /* ids of households that join */
    GPtrArray *won;      /* ids of homes that are won */
} ScenarioReader;

/* Reads one change, an object that names its subject by `subject` ("delivery", "resource", ...). */
typedef void (*ReadChange)(ScenarioReader *reader, const cJSON *object);

void read_delivery_change(ScenarioReader *reader, const cJSON *object);
void read_resource_change(ScenarioReader *reader, const cJSON *object);
void read_household_change(ScenarioReader *reader, const cJSON *object);
void read_home_change(ScenarioReader *reader, const cJSON *object);
void read_task_change(ScenarioReader *reader, const cJSON *object);
void read_weight_change(ScenarioReader *reader, const cJSON *object);
void read_horizon_change(ScenarioReader *reader, const cJSON *object);

/* Adds what was read. */
void add_alteration(const ScenarioReader *reader, Alteration alteration);

/* The member `key` of the object, for faults about it; the object itself when it is not there. */
const cJSON *change_node(const cJSON *object, const char *key);

/* Whether the object has none of the n keys; a fault about the first one that it has, and of what
 * they are. `expected` is translated. */
bool has_none_of(const ScenarioReader *reader, const cJSON *object, const char *const *keys,
                 size_t n, const char *expected);

/* The index of `id` among `n` structs of `size` bytes whose first field is their id; NONE after a
 * fault about the member `key`. `expected` is translated. */
int find_subject(const ScenarioReader *reader, const cJSON *object, const char *key, const char *id,
                 const void *structs, size_t size, int n, const char *expected);

/* A household of the operation, or one that joins by an earlier change; NONE after a fault. */
int find_household(const ScenarioReader *reader, const cJSON *object, const char *key,
                   const char *id);

/* Reports an object that names its subject and says nothing of it. `expected` is translated. */
void says_nothing(const ScenarioReader *reader, const cJSON *object, const char *expected);

/* Adds the slip, date or end of all deliveries with this item (or NONE) and supplier (or NULL) that
 * have not arrived; returns how many there are. `change` holds all but the subject. */
int add_to_deliveries(const ScenarioReader *reader, int item, const char *supplier,
                      const Alteration *change);

#endif

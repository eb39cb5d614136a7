/* read_suppliers.h: how late suppliers come, from suppliers.csv and supplier_history.csv. */
#ifndef PILOTE_READ_SUPPLIERS_H
#define PILOTE_READ_SUPPLIERS_H

#include "io/fault.h"
#include "scenarios/supplier.h"

/*
 * Reads how late each supplier of `op` comes that still has something to deliver, in `arena`: from
 * its row of suppliers.csv in the operation's folder, else from its past deliveries in
 * supplier_history.csv, else from the row `*`. Of a supplier about whom nothing is known a warning
 * says that it is taken to be on time. Returns the suppliers in the order of deliveries.csv and
 * their number in *n; NULL after a fault, which it is, too, when neither file is there.
 */
Supplier *suppliers_read(const Operation *op, Arena *arena, int *n, Faults *faults);

#endif

/* base_plan.h: the plan that questions are asked about. */
#ifndef PILOTE_BASE_PLAN_H
#define PILOTE_BASE_PLAN_H

#include "commands/commands.h"

/*
 * The plan of --plan, else that in the operation's folder, else one that is made now, in
 * inputs->arena. It keeps the rules of inputs->op: where it does not, because the files say
 * something else by now, it is planned again from itself. NULL after telling why there is none,
 * with the exit code in *code.
 */
Plan *base_plan(const CommandLine *line, Inputs *inputs, ExitCode *code);

/* How many processes to use. */
int base_workers(const CommandLine *line);

#endif

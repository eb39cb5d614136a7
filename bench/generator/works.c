#include "bench/generator/works.h"

#include <string.h>

const char *const gen_role_names[ROLE_COUNT] = {
    [ROLE_PILOT] = "pilot",
    [ROLE_ESTIMATOR] = "mover_estimator",
    [ROLE_SITE_MANAGER] = "site_manager",
    [ROLE_MOVERS] = "movers",
    [ROLE_TRUCKS] = "trucks",
    [ROLE_ASBESTOS] = "asbestos_remover",
    [ROLE_STRIPPER] = "stripper",
    [ROLE_JOINER] = "joiner",
    [ROLE_PLUMBER] = "plumber",
    [ROLE_ELECTRICIAN] = "electrician",
    [ROLE_PLASTERER] = "plasterer",
    [ROLE_FITTER] = "kitchen_fitter",
    [ROLE_PAINTER] = "painter",
    [ROLE_FLOOR] = "floor_layer",
};

const char *const gen_item_names[ITEM_COUNT] = {
    [ITEM_KITCHEN] = "cuisine",
    [ITEM_BATHROOM] = "salle de bains",
};

const char *const gen_package_ids[PACKAGE_COUNT] = {
    [PACKAGE_FULL] = "complet",
    [PACKAGE_ASBESTOS] = "complet_amiante",
    [PACKAGE_GENERAL] = "complet_combles",
    [PACKAGE_OCCUPIED] = "occupe",
    [PACKAGE_BATHROOM] = "salle_de_bains",
};

const char *const gen_package_labels[PACKAGE_COUNT] = {
    [PACKAGE_FULL] = "Rénovation complète, locataire relogé",
    [PACKAGE_ASBESTOS] = "Rénovation complète avec désamiantage, locataire relogé",
    [PACKAGE_GENERAL] = "Rénovation complète avec combles, locataire relogé",
    [PACKAGE_OCCUPIED] = "Rénovation légère, logement occupé",
    [PACKAGE_BATHROOM] = "Salle de bains seule",
};

enum {
    ASB = 1 << PACKAGE_ASBESTOS,
    GEN = 1 << PACKAGE_GENERAL,
    AWAY = 1 << PACKAGE_FULL | ASB | GEN,
    LIGHT = 1 << PACKAGE_OCCUPIED,
    HOME = LIGHT | 1 << PACKAGE_BATHROOM
};

/* In GEN, plaster waits for three trades and the ceilings for two of them: no series-parallel
 * order says that. */
/* clang-format off */
const GenTask gen_tasks[] = {
    {AWAY, "visit", "Visite technique", 90, 0, {ROLE_PILOT},
     {{0}}, 7, ITEM_NONE, false, NULL},
    {HOME, "visit", "Visite technique", 60, 0, {ROLE_PILOT},
     {{0}}, 7, ITEM_NONE, false, NULL},
    {AWAY, "survey", "Cubage", 45, 0, {ROLE_ESTIMATOR},
     {{"visit", 0, NO_MAX}}, 7, ITEM_NONE, false, NULL},
    {AWAY, "plans", "Plans et choix de la cuisine", 75, 0, {ROLE_PILOT},
     {{"visit", 3, NO_MAX}}, 7, ITEM_NONE, false, NULL},
    {AWAY, "convention", "Convention et état des lieux", 45, 0, {ROLE_PILOT},
     {{"plans", 7, NO_MAX}, {"survey", 1, NO_MAX}}, 7, ITEM_NONE, false, NULL},
    {AWAY, "keys_out", "Remise des clés", 30, 0, {ROLE_PILOT},
     {{"convention", 1, NO_MAX}}, 7, ITEM_NONE, false, NULL},
    {AWAY, "move_out", "Déménagement", 0, 1, {ROLE_MOVERS, ROLE_TRUCKS},
     {{"keys_out", 0, 5}, {"survey", 14, NO_MAX}}, 30, ITEM_NONE, true, "out"},
    {ASB, "asbestos", "Désamiantage", 0, 3, {ROLE_ASBESTOS},
     {{"move_out", 1, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {AWAY, "strip", "Curage", 0, 2, {ROLE_STRIPPER},
     {{"move_out", 1, NO_MAX}, {"asbestos", 1, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {AWAY, "joinery", "Menuiseries extérieures", 0, 2, {ROLE_JOINER},
     {{"strip", 1, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {AWAY, "plumbing", "Plomberie et chauffage", 0, 4, {ROLE_PLUMBER},
     {{"strip", 1, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {AWAY, "electrical", "Électricité", 0, 4, {ROLE_ELECTRICIAN},
     {{"strip", 1, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {GEN, "ceiling", "Faux plafonds", 0, 3, {ROLE_PLASTERER},
     {{"electrical", 1, NO_MAX}, {"joinery", 1, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {AWAY, "plaster", "Plâtrerie et isolation", 0, 5, {ROLE_PLASTERER},
     {{"joinery", 1, NO_MAX}, {"plumbing", 1, NO_MAX}, {"electrical", 1, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {AWAY, "kitchen", "Pose de la cuisine", 0, 2, {ROLE_FITTER},
     {{"plaster", 4, NO_MAX}, {"plans", 42, NO_MAX}}, 1, ITEM_KITCHEN, false, NULL},
    {AWAY, "sanitary", "Pose des sanitaires", 0, 2, {ROLE_PLUMBER},
     {{"plaster", 4, NO_MAX}}, 1, ITEM_BATHROOM, false, NULL},
    {AWAY, "paint", "Peinture", 0, 3, {ROLE_PAINTER},
     {{"kitchen", 1, NO_MAX}, {"sanitary", 1, NO_MAX}, {"ceiling", 4, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {AWAY, "floor", "Sols", 0, 2, {ROLE_FLOOR},
     {{"paint", 1, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {AWAY, "inspection", "Réception des travaux", 60, 0, {ROLE_PILOT, ROLE_SITE_MANAGER},
     {{"floor", 1, NO_MAX}}, 7, ITEM_NONE, false, NULL},
    {AWAY, "defects", "Levée des réserves", 0, 2, {ROLE_PAINTER},
     {{"inspection", 1, NO_MAX}}, 1, ITEM_NONE, false, NULL},
    {AWAY, "move_back", "Retour au logement", 0, 1, {ROLE_MOVERS, ROLE_TRUCKS},
     {{"defects", 1, NO_MAX}}, 30, ITEM_NONE, true, "back"},
    {AWAY, "keys_back", "Restitution des clés", 30, 0, {ROLE_PILOT},
     {{"move_back", 0, 7}}, 7, ITEM_NONE, false, NULL},
    {AWAY, "courtesy", "Visite de courtoisie", 30, 0, {ROLE_PILOT},
     {{"move_back", 7, 28}}, 7, ITEM_NONE, false, NULL},
    {LIGHT, "joinery", "Menuiseries extérieures", 0, 1, {ROLE_JOINER},
     {{"visit", 28, NO_MAX}}, 15, ITEM_NONE, true, NULL},
    {LIGHT, "electrical", "Électricité", 0, 2, {ROLE_ELECTRICIAN},
     {{"visit", 14, NO_MAX}}, 15, ITEM_NONE, true, NULL},
    {HOME, "bathroom", "Salle de bains", 0, 4, {ROLE_PLUMBER},
     {{"visit", 14, NO_MAX}}, 15, ITEM_BATHROOM, true, NULL},
    {HOME, "paint", "Peinture", 0, 2, {ROLE_PAINTER},
     {{"joinery", 1, NO_MAX}, {"electrical", 1, NO_MAX}, {"bathroom", 3, NO_MAX}}, 15, ITEM_NONE, true, NULL},
    {HOME, "inspection", "Réception des travaux", 45, 0, {ROLE_PILOT, ROLE_SITE_MANAGER},
     {{"paint", 1, 14}}, 7, ITEM_NONE, false, NULL},
    {LIGHT, "courtesy", "Visite de courtoisie", 30, 0, {ROLE_PILOT},
     {{"inspection", 7, 28}}, 7, ITEM_NONE, false, NULL},
};
/* clang-format on */
const int gen_task_count = sizeof gen_tasks / sizeof gen_tasks[0];

bool gen_role_is_clock(GenRole role) {
    return role == ROLE_PILOT || role == ROLE_ESTIMATOR || role == ROLE_SITE_MANAGER;
}

/* Working days as calendar days, weekends counted on average. */
static int calendar_days(const GenTask *task) {
    return task->days + 2 * task->days / 5;
}

int gen_shortest_stay(GenPackage package) {
    int finish[sizeof gen_tasks / sizeof gen_tasks[0]] = {0}; /* the day after, from the move out */
    int stay = 0;
    for (int a = 0; a < gen_task_count; a++) {
        const GenTask *task = &gen_tasks[a];
        if (!gen_task_in(task, package) || !gen_package_moves(package))
            continue;
        int start = 0;
        for (const GenLag *lag = task->after; lag->task; lag++)
            for (int b = 0; b < a; b++)
                if (finish[b] > 0 && strcmp(gen_tasks[b].id, lag->task) == 0 &&
                    finish[b] - 1 + lag->min_days > start)
                    start = finish[b] - 1 + lag->min_days;
        bool away = start > 0 || task->moves;
        if (away)
            finish[a] = start + (task->days > 0 ? calendar_days(task) : 1);
        if (task->moves && strcmp(task->moves, "back") == 0)
            stay = start;
    }
    return stay;
}

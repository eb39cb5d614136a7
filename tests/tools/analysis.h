/* analysis.h: what cppcheck needs to know of other libraries' macros. */
#define cJSON_ArrayForEach(element, array)                                                         \
    for (element = (array)->child; element != NULL; element = element->next)

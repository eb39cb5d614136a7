/* report_files.h: io/report.css and io/report.js, put into the program when it is built. */
#ifndef PILOTE_REPORT_FILES_H
#define PILOTE_REPORT_FILES_H

extern const char report_css[], report_js[]; /* NUL-terminated */

#endif

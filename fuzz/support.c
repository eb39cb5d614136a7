#include "fuzz/support.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "io/read_operation.h"

enum { MAX_FILES = 16 };

Operation *fuzz_operation(const char *file, const char *bytes, Faults *faults) {
    static InputText texts[MAX_FILES];
    static int n = 0;
    if (n == 0) {
        Faults *none = faults_new();
        Operation *op = read_operation("examples/tiny", DATE_NONE, none);
        require(op != NULL && op->n_inputs < MAX_FILES);
        for (n = 0; n < op->n_inputs; n++)
            texts[n] = (InputText){g_strdup(op->inputs[n].file), g_strdup(op->inputs[n].text)};
        operation_free(op);
        faults_free(none);
    }
    InputText changed[MAX_FILES];
    for (int i = 0; i < n; i++)
        changed[i] = g_str_equal(texts[i].file, file) ? (InputText){file, bytes} : texts[i];
    return read_operation_texts("fuzz", changed, n, DATE_NONE, faults);
}

char *fuzz_text(const uint8_t *data, size_t size) {
    return g_strndup((const char *)data, size);
}

const char *fuzz_path(const void *data, size_t size) {
    static char path[64];
    static int fd = -1;
    if (fd < 0)
        fd = memfd_create("fuzz", MFD_CLOEXEC);
    require(fd >= 0 && ftruncate(fd, 0) == 0);
    require(pwrite(fd, data, size, 0) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return path;
}

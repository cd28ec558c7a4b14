#define _GNU_SOURCE
#include "store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

enum { LONGEST = 64 << 20 };

bool read_file(const char *path, struct bytes *file, struct outcome *outcome) {
    *file = (struct bytes){0};
    FILE *in = fopen(path, "rb");
    if (!in) {
        return errno == ENOENT || failed(outcome, "cannot open %s: %s", path, strerror(errno));
    }
    size_t room = 0;
    do {
        room += 1 << 16;
        file->data = allocated(realloc(file->data, room));
        file->length += fread(file->data + file->length, 1, room - file->length, in);
    } while (file->length == room && room < LONGEST);
    bool good = !ferror(in) || failed(outcome, "cannot read %s: %s", path, strerror(errno));
    fclose(in);
    if (!good) {
        free(file->data);
        *file = (struct bytes){0};
    }
    return good;
}

bool write_file(const char *folder, const char *name, const struct bytes *file, struct outcome *outcome) {
    char *path = formatted("%s/%s", folder, name), *new = formatted("%s/.new-XXXXXX", folder);
    int descriptor = mkstemp(new);
    FILE *out = descriptor < 0 ? NULL : fdopen(descriptor, "wb");
    bool good = out != NULL;
    if (good) {
        good = fwrite(file->data, 1, file->length, out) == file->length;
        good = fclose(out) == 0 && good && rename(new, path) == 0;
    }
    if (!good) {
        failed(outcome, "cannot write %s: %s", path, strerror(errno));
        unlink(new);
    }
    free(path);
    free(new);
    return good;
}

bool delete_file(const char *path, struct outcome *outcome) {
    return unlink(path) == 0 || errno == ENOENT || failed(outcome, "cannot delete %s: %s", path, strerror(errno));
}

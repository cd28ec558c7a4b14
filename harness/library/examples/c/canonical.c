#define _GNU_SOURCE
#include "canonical.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool has_real(json_t *value) {
    const char *name;
    json_t *item;
    size_t index;
    json_array_foreach(value, index, item) {
        if (has_real(item)) {
            return true;
        }
    }
    json_object_foreach(value, name, item) {
        if (has_real(item)) {
            return true;
        }
    }
    return json_is_real(value);
}

json_t *read_json(const struct bytes *file, char flaw[JSON_ERROR_TEXT_LENGTH]) {
    json_error_t error;
    json_t *value = json_loadb(file->data, file->length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!value) {
        if (json_error_code(&error) == json_error_out_of_memory) {
            abort();
        }
        snprintf(flaw, JSON_ERROR_TEXT_LENGTH, "%s", error.text);
    } else if (has_real(value)) {
        snprintf(flaw, JSON_ERROR_TEXT_LENGTH, "a number is no integer");
        json_decref(value);
        value = NULL;
    }
    return value;
}

const char *text_of(json_t *value) {
    const char *text = json_string_value(value);
    return text && strlen(text) == json_string_length(value) ? text : NULL;
}

static void write_text(FILE *out, const char *text, size_t length) {
    putc('"', out);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"' || text[i] == '\\') {
            putc('\\', out);
        }
        putc(text[i], out);
    }
    putc('"', out);
}

static int compare(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void write_value(FILE *out, json_t *value);

static void write_object(FILE *out, json_t *object) {
    size_t count = json_object_size(object), index = 0;
    const char **names = allocated(calloc(count + 1, sizeof *names));
    const char *name;
    json_t *member;
    json_object_foreach(object, name, member) {
        names[index++] = name;
    }
    qsort(names, count, sizeof *names, compare);
    putc('{', out);
    for (index = 0; index < count; index++) {
        if (index > 0) {
            putc(',', out);
        }
        write_text(out, names[index], strlen(names[index]));
        putc(':', out);
        write_value(out, json_object_get(object, names[index]));
    }
    putc('}', out);
    free(names);
}

static void write_array(FILE *out, json_t *array) {
    size_t index;
    json_t *item;
    putc('[', out);
    json_array_foreach(array, index, item) {
        if (index > 0) {
            putc(',', out);
        }
        write_value(out, item);
    }
    putc(']', out);
}

static void write_value(FILE *out, json_t *value) {
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        write_object(out, value);
        break;
    case JSON_ARRAY:
        write_array(out, value);
        break;
    case JSON_STRING:
        write_text(out, json_string_value(value), json_string_length(value));
        break;
    case JSON_INTEGER:
        fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        break;
    case JSON_TRUE:
        fputs("true", out);
        break;
    case JSON_FALSE:
        fputs("false", out);
        break;
    case JSON_NULL:
        fputs("null", out);
        break;
    case JSON_REAL: // Was refused when it was read.
        abort();
    }
}

struct bytes canonical_form(json_t *value) {
    struct bytes form;
    FILE *out = allocated(open_memstream(&form.data, &form.length));
    write_value(out, value);
    if (ferror(out) || fclose(out) != 0) {
        abort();
    }
    return form;
}

#define _GNU_SOURCE
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "digest.h"
#include "memory.h"

// The longest name that every common file system takes, with room for an ending.
enum { LONGEST_NAME = 200 };

char *formatted(const char *format, ...) {
    va_list arguments;
    char *text;
    va_start(arguments, format);
    if (vasprintf(&text, format, arguments) < 0) {
        abort();
    }
    va_end(arguments);
    return text;
}

void to_hex(const unsigned char *bytes, size_t length, char *text) {
    for (size_t i = 0; i < length; i++) {
        sprintf(text + 2 * i, "%02x", bytes[i]);
    }
}

static int digit(char character) {
    const char *digits = "0123456789abcdef0123456789ABCDEF";
    const char *found = character ? strchr(digits, character) : NULL;
    return found ? (int)(found - digits) % 16 : -1;
}

bool from_hex(const char *text, unsigned char *bytes, size_t length) {
    if (strlen(text) != 2 * length) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        bytes[i] = (unsigned char)(16 * high + low);
    }
    return true;
}

// Appends a part of a path, percent-encoded: only the unreserved characters of RFC 3986 and those in `kept` stay.
static char *encode(char *to, const char *from, size_t length, const char *kept) {
    const char *unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (size_t i = 0; i < length; i++) {
        if (strchr(unreserved, from[i]) || strchr(kept, from[i])) {
            *to++ = from[i];
        } else {
            to += sprintf(to, "%%%02X", (unsigned char)from[i]);
        }
    }
    *to = '\0';
    return to;
}

char *target_url(const char *base, const char *prefix, const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    char *url = allocated(malloc(strlen(base) + strlen(prefix) + 3 * strlen(path) + 3));
    char *at = url + sprintf(url, "%s/", base);
    at = encode(at, path, (size_t)(name - path), "/");
    at += sprintf(at, "%s", prefix);
    encode(at, name, strlen(name), "");
    return url;
}

char *file_name(const char *path) {
    char *name = allocated(malloc(3 * strlen(path) + 3));
    // A name that begins with a dot would be hidden, or lead out of the folder.
    const char *rest = *path == '.' ? path + 1 : path;
    char *at = name + sprintf(name, "%s", *path == '.' ? "%2E" : "");
    encode(at, rest, strlen(rest), "");
    if (strlen(name) > LONGEST_NAME) {
        struct bytes whole = {(char *)path, strlen(path)};
        char digest[MAX_HEX];
        hex_digest("sha256", &whole, digest);
        // A name that is not cut has no plus sign.
        char *cut = formatted("%.*s+%s", LONGEST_NAME - MAX_HEX, name, digest);
        free(name);
        return cut;
    }
    return name;
}

bool is_date_time(const char *text) {
    const char *form = "dddd-dd-ddTdd:dd:ddZ";
    if (strlen(text) != strlen(form)) {
        return false;
    }
    for (size_t i = 0; form[i]; i++) {
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i]) {
            return false;
        }
    }
    int year, month, day, hour, minute, second;
    sscanf(text, "%d-%d-%dT%d:%d:%d", &year, &month, &day, &hour, &minute, &second);
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int days = month == 2 ? 28 + leap : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    return month >= 1 && month <= 12 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60;
}

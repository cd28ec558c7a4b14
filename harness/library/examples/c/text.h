// Making text.

#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

// Text made as by printf. It is to be freed.
char *formatted(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Bytes in hexadecimal, with a NUL: `text` has to have room for 2 * length + 1.
void to_hex(const unsigned char *bytes, size_t length, char *text);

// Reads exactly this many bytes in hexadecimal. False if the text is anything else.
bool from_hex(const char *text, unsigned char *bytes, size_t length);

// The URL of a target file: each segment of its path percent-encoded, and `prefix` before the last. To be freed.
char *target_url(const char *base, const char *prefix, const char *path);

// A file name for a target path, whatever is in it: one segment, different for different paths. To be freed.
char *file_name(const char *path);

// Whether this is a date and time of the form YYYY-MM-DDTHH:MM:SSZ (section 4.2.3). Two of them compare as text.
bool is_date_time(const char *text);

#endif

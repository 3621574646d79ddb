/* A list of words on the disk: what would be too long for an argument vector. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "box.h"

enum { MOST_BYTES = 4 * 1024 * 1024 };

/* For the whole life of this process, which is about to be another program: nothing is freed. */
char **read_words(const char *file, size_t spare, size_t *count) {
	int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (descriptor < 0) return NULL;
	struct stat told;
	if (fstat(descriptor, &told) != 0 || told.st_size > MOST_BYTES) return NULL;
	size_t size = (size_t)told.st_size;
	char *text = malloc(size + 1);
	if (!text) return NULL;
	for (size_t at = 0; at < size;) {
		ssize_t more = read(descriptor, text + at, size - at);
		if (more <= 0) return NULL;
		at += (size_t)more;
	}
	close(descriptor);
	text[size] = 0;
	*count = 0;
	for (size_t at = 0; at < size; at++) *count += text[at] == 0;
	char **words = calloc(*count + spare + 1, sizeof *words);
	if (!words) return NULL;
	char *next = text;
	for (size_t at = 0; at < *count; at++) {
		words[at] = next;
		while (*next) next++;
		next++;
	}
	return words;
}

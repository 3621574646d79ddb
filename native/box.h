/* The sandbox of a program: see box.c, landlock.c and rights.c. */
#ifndef WEIR_BOX_H
#define WEIR_BOX_H

#include <stddef.h>

/* Words of a file, each ended by a zero byte, and a null behind them; null where it cannot be read. */
char **read_words(const char *file, size_t spare, size_t *count);

enum rights_kept { NO_RIGHTS, NESTING };
int give_up_rights(enum rights_kept kept);

int enter_box(const char *file);
int stay_in_box(const char *descriptor);
int widen_box(const char *pid, int count, char **words);
int restrict_files(const char *file);
int restrict_scope(void);

#endif

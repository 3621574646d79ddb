/*
 * What Landlock refuses: writes but below what is allowed, the terminals of others, and signals to
 * programs outside.
 */
#define _GNU_SOURCE
#include "box.h"

#ifdef __linux__
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of linux/landlock.h, by number: headers are often older than the kernel. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, ASK_VERSION = 1, BENEATH = 1 };
struct ruleset {
	uint64_t files, network, scoped;
};
struct __attribute__((packed)) beneath {
	uint64_t allowed;
	int32_t folder;
};
static const uint64_t read_file = 1 << 2, write_file = 1 << 1, truncate_file = 1 << 14, refer = 1 << 13;
/* Removing and making of each kind, without the devices. */
static const uint64_t entries =
	(1 << 4) | (1 << 5) | (1 << 7) | (1 << 8) | (1 << 9) | (1 << 10) | (1 << 12);
static const uint64_t devices = (1 << 6) | (1 << 11);
static const uint64_t abstract_sockets = 1 << 0, signals = 1 << 1;
enum { SINCE_REFER = 2, SINCE_TRUNCATE = 3, SINCE_SCOPES = 6 };

static int fail(const char *what) {
	fprintf(stderr, "weir: Landlock cannot hold the program: %s: %s\n", what, strerror(errno));
	return -1;
}

static long version_here(void) {
	return syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
}

static int hold(int ruleset) {
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail("privileges");
	if (syscall(RESTRICT_SELF, ruleset, 0) != 0) return fail("restriction");
	return close(ruleset);
}

/* A kernel knows the members that its version had: the rest of the record is not told. */
static int create(struct ruleset *rules, long version) {
	size_t size = version >= SINCE_SCOPES ? sizeof *rules : sizeof rules->files;
	return (int)syscall(CREATE_RULESET, rules, size, 0);
}

struct rules {
	int ruleset;
	uint64_t handled;
};

/* Below what is open as `place`; closes it. Of a file only what files know. */
static int allow(const struct rules *rules, int place, uint64_t rights) {
	struct stat there;
	int failed = 0;
	if (fstat(place, &there) == 0) {
		struct beneath rule = {rights & rules->handled, place};
		if (!S_ISDIR(there.st_mode)) rule.allowed &= read_file | write_file | truncate_file;
		failed = rule.allowed != 0 && syscall(ADD_RULE, rules->ruleset, BENEATH, &rule, 0) != 0;
	}
	close(place);
	return failed;
}

/* The terminals of a machine: those in windows, the consoles, and what is to be read of consoles. */
static int is_terminal(const char *name) {
	return strcmp(name, "pts") == 0 || strcmp(name, "console") == 0 ||
		strncmp(name, "vcs", 3) == 0 || (strncmp(name, "tty", 3) == 0 && isdigit(name[3]));
}

static int is_devices(const char *name) { return strcmp(name, "dev") == 0; }

/* All that lies in a folder may be read, but what has such a name. What a link leads to lies elsewhere. */
static int allow_reading(const struct rules *rules, const char *path, int (*but)(const char *)) {
	DIR *folder = opendir(path);
	if (!folder) return fail(path);
	for (struct dirent *entry; (entry = readdir(folder));) {
		const char *name = entry->d_name;
		if (name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]))) continue;
		if (entry->d_type == DT_LNK || but(name)) continue;
		int place = openat(dirfd(folder), name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		/* What cannot be named so is not read then. */
		if (place >= 0) allow(rules, place, read_file);
	}
	return closedir(folder);
}

/*
 * Of all terminals its own: who can open another one can write on the screen of whoever looks at it,
 * read what they type and change its modes. New ones cannot be told from those, so it makes none.
 */
static int allow_own_terminal(const struct rules *rules) {
	if (allow_reading(rules, "/", is_devices) != 0) return -1;
	if (allow_reading(rules, "/dev", is_terminal) != 0) return -1;
	char path[64];
	for (int fd = 0; fd <= 2; fd++) {
		if (ttyname_r(fd, path, sizeof path) != 0) continue;
		int place = open(path, O_PATH | O_CLOEXEC);
		if (place >= 0 && allow(rules, place, read_file | write_file | truncate_file) != 0)
			return fail(path);
	}
	return 0;
}

static int has_word(char **words, size_t count, const char *word) {
	for (size_t at = 0; at < count; at++)
		if (strcmp(words[at], word) == 0) return 1;
	return 0;
}

/*
 * `file` holds paths below which all may be written; what is not there is left out. Where the folder
 * of the terminals is not among them, those of others are shut.
 */
int restrict_files(const char *file) {
	long version = version_here();
	if (version < 1) return fail("this kernel");
	size_t count;
	char **words = read_words(file, 0, &count);
	if (!words) return fail(file);
	int all_terminals = has_word(words, count, "/dev/pts");
	struct ruleset asked = {write_file | entries | devices, 0, 0};
	if (!all_terminals) asked.files |= read_file;
	if (version >= SINCE_REFER) asked.files |= refer;
	if (version >= SINCE_TRUNCATE) asked.files |= truncate_file;
	if (version >= SINCE_SCOPES) asked.scoped = signals;
	struct rules rules = {create(&asked, version), asked.files & ~devices};
	if (rules.ruleset < 0) return fail("rules");
	for (size_t at = 0; at < count; at++) {
		int place = open(words[at], O_PATH | O_CLOEXEC);
		if (place < 0) continue;
		if (allow(&rules, place, ~read_file) != 0) return fail(words[at]);
	}
	if (!all_terminals && allow_own_terminal(&rules) != 0) return -1;
	return hold(rules.ruleset);
}

/*
 * Beside a sandbox that restricts the files: a program there has the pid namespace of all others, so
 * that it is seen by its true number, and could end them. Nothing on a kernel that cannot.
 */
int restrict_scope(void) {
	long version = version_here();
	if (version < SINCE_SCOPES) return 0;
	struct ruleset rules = {0, 0, signals | abstract_sockets};
	int ruleset = create(&rules, version);
	return ruleset < 0 ? 0 : hold(ruleset);
}
#else
int restrict_files(const char *file) { return (void)file, -1; }
int restrict_scope(void) { return 0; }
#endif

/* What Landlock refuses: writes but below what is allowed, and signals to programs outside. */
#define _GNU_SOURCE
#include "box.h"

#ifdef __linux__
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
static const uint64_t write_file = 1 << 1, truncate_file = 1 << 14, refer = 1 << 13;
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

/* `file` holds paths below which all may be written. What is not there is left out. */
int restrict_writes(const char *file) {
	long version = version_here();
	if (version < 1) return fail("this kernel");
	struct ruleset rules = {write_file | entries | devices, 0, 0};
	if (version >= SINCE_REFER) rules.files |= refer;
	if (version >= SINCE_TRUNCATE) rules.files |= truncate_file;
	if (version >= SINCE_SCOPES) rules.scoped = signals;
	int ruleset = create(&rules, version);
	if (ruleset < 0) return fail("rules");
	size_t count;
	char **words = read_words(file, 0, &count);
	if (!words) return fail(file);
	for (size_t at = 0; at < count; at++) {
		struct beneath rule = {write_file | truncate_file, open(words[at], O_PATH | O_CLOEXEC)};
		struct stat there;
		if (rule.folder < 0 || fstat(rule.folder, &there) != 0) continue;
		if (S_ISDIR(there.st_mode)) rule.allowed |= entries | refer;
		rule.allowed &= rules.files;
		if (syscall(ADD_RULE, ruleset, BENEATH, &rule, 0) != 0) return fail(words[at]);
		close(rule.folder);
	}
	return hold(ruleset);
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
int restrict_writes(const char *file) { return (void)file, -1; }
int restrict_scope(void) { return 0; }
#endif

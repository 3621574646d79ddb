/*
 * weir-exec-guarded [--mark=NUMBER] [--box=FILE | --landlock=FILE] [--alone] [--] PROGRAM [ARGUMENT...]
 *
 * Replaces itself by PROGRAM after making a clean start for it: no descriptor of the starter but
 * 0, 1 and 2, default signal dispositions, an empty signal mask, and a process group of its own in
 * the foreground of the controlling terminal, where there is one, whose input is told to be UTF-8.
 *
 * --box holds it in the sandbox that bubblewrap makes of the words in FILE (box.c), --landlock by the
 * rules in FILE (landlock.c), --alone keeps it from signalling programs outside where the kernel can.
 * Where that fails, nothing is started.
 *
 * weir-exec-guarded --widen=PID -- FOLDER w:PATH|r:PATH...
 *
 * Changes the mounts of a program in its sandbox (box.c).
 *
 * Exit: 127 where PROGRAM does not exist, 126 where it cannot be executed, 125 for a wrong call.
 * A PROGRAM that starts with '-' needs the '--'; all other words with '-' before it are options.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include "box.h"

#ifndef NSIG
#define NSIG 65
#endif

enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127, WRONG_CALL = 125, FIRST_FOREIGN = 3 };

/* Erasing in cooked mode takes a character then and not a byte. */
static void tell_utf8(int terminal) {
#ifdef IUTF8
	struct termios settings;
	if (tcgetattr(terminal, &settings) != 0) return;
	settings.c_iflag |= IUTF8;
	tcsetattr(terminal, TCSANOW, &settings);
#else
	(void)terminal;
#endif
}

static void take_foreground(void) {
	signal(SIGTTOU, SIG_IGN); /* a background group is stopped by tcsetpgrp otherwise */
	if (getpid() != getsid(0)) setpgid(0, 0); /* a session leader leads its group already */
	int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (terminal < 0) return; /* no controlling terminal: nothing to be in front of */
	tcsetpgrp(terminal, getpgrp());
	tell_utf8(terminal);
	close(terminal);
}

static void reset_signals(void) {
	struct sigaction usual;
	memset(&usual, 0, sizeof usual);
	usual.sa_handler = SIG_DFL;
	for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void close_listed(void) {
	DIR *open_files = opendir("/dev/fd");
	if (!open_files) {
		for (int fd = FIRST_FOREIGN; fd < 65536; fd++) close(fd);
		return;
	}
	for (struct dirent *entry; (entry = readdir(open_files));) {
		int fd = atoi(entry->d_name);
		if (fd >= FIRST_FOREIGN && fd != dirfd(open_files)) close(fd);
	}
	closedir(open_files);
}

static void close_foreign(void) {
#ifdef SYS_close_range
	/* By number: glibc has a name for it since 2.34, musl had none for long. */
	if (syscall(SYS_close_range, FIRST_FOREIGN, ~0U, 0) == 0) return;
#endif
	close_listed(); /* an older kernel, a seccomp filter, macOS */
}

/*
 * A mark that fork, setsid and an emptied environment do not shed: a limit of real-time CPU of
 * some hundred thousand years, different for each program (src/lib/lineage.ts). It is best effort.
 */
static void wear_mark(const char *text) {
#ifdef RLIMIT_RTTIME
	rlim_t value = strtoull(text, NULL, 10);
	struct rlimit limit = {value, value};
	if (value > 0) setrlimit(RLIMIT_RTTIME, &limit);
#else
	(void)text;
#endif
}

/* What the options ask for. */
struct start {
	const char *box, *landlock, *widen;
	int alone;
};

static const char *value_of(const char *word, const char *name) {
	size_t length = strlen(name);
	return strncmp(word, name, length) == 0 ? word + length : NULL;
}

/* Whether there is such an option. */
static int take_option(const char *word, struct start *start) {
	const char *value;
	if ((value = value_of(word, "--mark="))) wear_mark(value);
	else if ((value = value_of(word, "--box="))) start->box = value;
	else if ((value = value_of(word, "--landlock="))) start->landlock = value;
	else if ((value = value_of(word, "--widen="))) start->widen = value;
	else if ((value = value_of(word, "--stay="))) exit(stay_in_box(value));
	else if (strcmp(word, "--alone") == 0) start->alone = 1;
	else return 0;
	return 1;
}

/* 0 where it is held as asked. */
static int hold(const struct start *start) {
	if (start->box && enter_box(start->box) != 0) return -1;
	if (start->landlock && restrict_files(start->landlock) != 0) return -1;
	if (start->landlock && give_up_rights(NO_RIGHTS) != 0) return -1;
	return start->alone ? restrict_scope() : 0;
}

int main(int count, char **words) {
	struct start start = {NULL, NULL, NULL, 0};
	int at = 1;
	for (; at < count && words[at][0] == '-'; at++) {
		if (strcmp(words[at], "--") == 0) {
			at++;
			break;
		}
		if (!take_option(words[at], &start)) {
			fprintf(stderr, "weir: exec-guarded has no option '%s'\n", words[at]);
			return WRONG_CALL;
		}
	}
	if (at >= count) {
		fprintf(stderr, "weir: exec-guarded was given no program to start\n");
		return WRONG_CALL;
	}
	close_foreign();
	if (start.widen) return widen_box(start.widen, count - at, words + at);
	if (hold(&start) != 0) return NOT_EXECUTABLE;
	take_foreground();
	reset_signals();
	execvp(words[at], words + at);
	int reason = errno;
	fprintf(stderr, "weir: cannot start '%s': %s\n", words[at], strerror(reason));
	return reason == ENOENT ? NOT_FOUND : NOT_EXECUTABLE;
}

/*
 * The sandbox that bubblewrap makes, entered by the program itself.
 *
 * bubblewrap starts what it holds as a child and stays beside it. An agent started so would have
 * another process for its parent: signals of the terminal and of a kill end that one first, with it
 * the terminal's session, and an end by a signal becomes an exit code. So bubblewrap starts only
 * `--stay`, which waits, and this process joins the namespaces of that one and gives all rights in
 * them up. It keeps its pid, its parent and its session, and bubblewrap is gone before it begins.
 *
 *   this process ── fork ── bwrap ── clone ── --stay
 *        │ setns: user, mount            ◄──────┘ tells its pid, waits for the end of its input
 *        └─ drops capabilities, then becomes the program
 */
#define _GNU_SOURCE
#include "box.h"

#ifdef __linux__
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of linux/nsfs.h and linux/openat2.h, which older distributions lack. */
#define OWNER_OF_NAMESPACE _IO(0xb7, 0x1)
#define OPEN_BENEATH 437
struct open_how_told {
	unsigned long long flags, mode, resolve;
};
enum { NO_MAGIC_LINKS = 2, NO_LINKS = 4, STAY_BENEATH = 8 };

enum { HELD = 0, TOLD = 3 };

static int fail(const char *what) {
	fprintf(stderr, "weir: the sandbox cannot be entered: %s: %s\n", what, strerror(errno));
	return -1;
}

static int open_namespace(long pid, const char *kind) {
	char path[64];
	snprintf(path, sizeof path, "/proc/%ld/ns/%s", pid, kind);
	return open(path, O_RDONLY | O_CLOEXEC);
}

static int is_same(int one, int other) {
	struct stat first, second;
	if (fstat(one, &first) != 0 || fstat(other, &second) != 0) return 0;
	return first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/* The mount namespace first needs the user namespace that owns it; bubblewrap may nest another one. */
static int join(long pid, int with_user) {
	int mounts = open_namespace(pid, "mnt");
	int user = open_namespace(pid, "user");
	if (mounts < 0 || user < 0) return fail("namespaces");
	int owner = ioctl(mounts, OWNER_OF_NAMESPACE);
	if (owner < 0) return fail("owner of the mounts");
	int own = open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
	if (!is_same(own, owner) && setns(owner, CLONE_NEWUSER) != 0) return fail("users");
	if (setns(mounts, CLONE_NEWNS) != 0) return fail("mounts");
	if (with_user && !is_same(user, owner) && setns(user, CLONE_NEWUSER) != 0)
		return fail("users within");
	close(own);
	close(owner);
	close(user);
	close(mounts);
	return 0;
}

static void become_maker(char **words, size_t count, int held, int told) {
	static char self[4096], stay[16];
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
	if (length <= 0) _exit(1);
	self[length] = 0;
	snprintf(stay, sizeof stay, "--stay=%d", TOLD);
	words[count] = "--";
	words[count + 1] = self;
	words[count + 2] = stay;
	if (dup2(held, HELD) < 0 || dup2(told, TOLD) < 0) _exit(1);
	execv(words[0], words);
	fprintf(stderr, "weir: cannot start '%s': %s\n", words[0], strerror(errno));
	_exit(1);
}

/* `file` holds the argument vector of bubblewrap. No descriptor but 0, 1 and 2 may be open. */
int enter_box(const char *file) {
	size_t count;
	char **words = read_words(file, 3, &count);
	if (!words || count == 0) return fail(file);
	char folder[4096];
	if (!getcwd(folder, sizeof folder)) return fail("folder");
	int held[2], told[2];
	if (pipe2(held, O_CLOEXEC) != 0 || pipe2(told, O_CLOEXEC) != 0) return fail("pipe");
	pid_t maker = fork();
	if (maker < 0) return fail("fork");
	if (maker == 0) {
		/* Numbers that dup2 would tread on are moved out of its way first. */
		int in = fcntl(held[0], F_DUPFD_CLOEXEC, 10);
		int out = fcntl(told[1], F_DUPFD_CLOEXEC, 10);
		become_maker(words, count, in, out);
	}
	close(held[0]);
	close(told[1]);
	char text[32] = "";
	ssize_t length;
	while ((length = read(told[0], text, sizeof text - 1)) < 0 && errno == EINTR) continue;
	close(told[0]);
	long pid = length > 0 ? strtol(text, NULL, 10) : 0;
	if (pid <= 0) fprintf(stderr, "weir: bubblewrap could not make the sandbox\n");
	int failed = pid <= 0 || join(pid, 1) != 0;
	close(held[1]);
	while (waitpid(maker, NULL, 0) < 0 && errno == EINTR) continue;
	if (failed || give_up_rights(NESTING) != 0) return -1;
	if (chdir(folder) != 0) return fail(folder);
	return 0;
}

/* What bubblewrap starts: keeps its namespaces until they have been joined. */
int stay_in_box(const char *descriptor) {
	int told = (int)strtol(descriptor, NULL, 10);
	if (dprintf(told, "%ld\n", (long)getpid()) < 0) return 1;
	close(told);
	char end;
	while (read(HELD, &end, 1) < 0 && errno == EINTR) continue;
	return 0;
}

static int open_below(int root, const char *path) {
	struct open_how_told how = {O_PATH | O_CLOEXEC, 0, NO_MAGIC_LINKS | NO_LINKS | STAY_BENEATH};
	return (int)syscall(OPEN_BENEATH, root, path, &how, sizeof how);
}

static int say_path(const char *path) {
	fprintf(stderr, "weir: %s: %s\n", path, strerror(errno));
	return -1;
}

/*
 * Makes what lies at `path` writable or not, for itself alone. What is mounted already is changed as it
 * stands, also for a process that stands in it; anything else is mounted over itself.
 */
static int set_mount(int root, const char *path, int writable) {
	int below = open_below(root, path);
	struct statvfs before;
	if (below < 0 || fstatvfs(below, &before) != 0) return say_path(path);
	if (writable && !(before.f_flag & ST_RDONLY)) return close(below);
	unsigned long flags = MS_REMOUNT | MS_BIND | MS_NOSUID | MS_NODEV;
	if (before.f_flag & ST_NOEXEC) flags |= MS_NOEXEC;
	if (!writable) flags |= MS_RDONLY;
	char place[64];
	snprintf(place, sizeof place, "/proc/self/fd/%d", below);
	if (mount("none", place, NULL, flags, NULL) == 0) return close(below);
	if (errno != EINVAL || mount(place, place, NULL, MS_BIND | MS_REC, NULL) != 0)
		return say_path(path);
	close(below);
	/* The folder below the new mount was opened before. */
	int above = open_below(root, path);
	if (above < 0) return say_path(path);
	snprintf(place, sizeof place, "/proc/self/fd/%d", above);
	if (mount("none", place, NULL, flags, NULL) != 0) return say_path(path);
	return close(above);
}

/*
 * Changes the mounts of a program that runs in its box, from outside of it: words are the folder and
 * below it, in order, `w:PATH` for what becomes writable and `r:PATH` for what does not. Links are
 * never followed, since the program may turn them. A process that stands in a folder which is mounted
 * anew has to enter it again.
 */
int widen_box(const char *pid, int count, char **words) {
	if (count < 1 || join(strtol(pid, NULL, 10), 0) != 0) return 1;
	int root = open(words[0], O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (root < 0) return say_path(words[0]), 1;
	int failed = 0;
	for (int at = 1; at < count; at++)
		failed |= set_mount(root, words[at] + 2, words[at][0] == 'w') != 0;
	return failed;
}
#else
int enter_box(const char *file) { return (void)file, -1; }
int stay_in_box(const char *descriptor) { return (void)descriptor, 1; }
int widen_box(const char *pid, int count, char **words) { return (void)pid, (void)count, (void)words, 1; }
#endif

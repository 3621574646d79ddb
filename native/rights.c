/* The rights that a held program has beside those of its user: none, also where that is root. */
#define _GNU_SOURCE
#include "box.h"

#ifdef __linux__
#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { LAST_CAPABILITY = 63 };

static int fail(const char *what) {
	fprintf(stderr, "weir: the program cannot give its rights up: %s: %s\n", what, strerror(errno));
	return -1;
}

/*
 * In a namespace of users whoever has its rights could mount everything writable again. Outside of one
 * root could read the memory of everybody, type into every terminal and make files that nobody may
 * change. To nest a sandbox root needs one right, without which the kernel lets it map no users since
 * 5.12; with it, it can give its own files no more than the setuid bit gives them, and what it can
 * write in its box is mounted without either.
 */
int give_up_rights(enum rights_kept kept) {
	unsigned left = kept == NESTING && geteuid() == 0 ? CAP_SETFCAP : ~0U;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return fail("privileges");
	/* Who may not shorten this list gets nothing from it either, without new privileges. */
	for (unsigned right = 0; right <= LAST_CAPABILITY; right++)
		if (right != left && prctl(PR_CAPBSET_DROP, right, 0, 0, 0) != 0 && errno != EINVAL &&
			errno != EPERM)
			return fail("bounds");
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct rights[2];
	memset(rights, 0, sizeof rights);
	if (left <= LAST_CAPABILITY)
		rights[left / 32].permitted = rights[left / 32].effective = 1U << (left % 32);
	if (syscall(SYS_capset, &header, rights) != 0) return fail("capabilities");
	return 0;
}
#else
int give_up_rights(enum rights_kept kept) { return (void)kept, -1; }
#endif

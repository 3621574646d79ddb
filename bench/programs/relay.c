// The least that a program between two terminals can do: relay PROGRAM [ARGUMENT...].
#define _GNU_SOURCE
#include <poll.h>
#include <pty.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int copy(int from, int to) {
	static char buffer[65536];
	ssize_t n = read(from, buffer, sizeof buffer);
	if (n <= 0) return 0;
	for (ssize_t done = 0; done < n; ) {
		ssize_t written = write(to, buffer + done, n - done);
		if (written <= 0) return 0;
		done += written;
	}
	return 1;
}

int main(int argc, char **argv) {
	struct winsize size;
	struct termios cooked, raw;
	int master;
	if (argc < 2 || ioctl(0, TIOCGWINSZ, &size) < 0 || tcgetattr(0, &cooked) < 0) return 2;
	pid_t child = forkpty(&master, NULL, &cooked, &size);
	if (child < 0) return 1;
	if (child == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	raw = cooked;
	cfmakeraw(&raw);
	tcsetattr(0, TCSANOW, &raw);
	struct pollfd polled[2] = {{0, POLLIN, 0}, {master, POLLIN, 0}};
	while (poll(polled, 2, -1) > 0) {
		if (polled[1].revents && !copy(master, 1)) break;
		if (polled[0].revents && !copy(0, master)) break;
	}
	tcsetattr(0, TCSANOW, &cooked);
	return 0;
}

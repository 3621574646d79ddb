// Prints a file as fast as the terminal takes it, once a trigger file is there: as `cat` does.
//   flood READY TRIGGER FILE MARK      once, then the mark; MARK - repeats without end
// READY is created with the terminal's size when the program waits.
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int print_file(const char *file) {
	static char buffer[65536];
	int fd = open(file, O_RDONLY);
	ssize_t n;
	while ((n = read(fd, buffer, sizeof buffer)) > 0)
		for (ssize_t done = 0; done < n; ) {
			ssize_t written = write(1, buffer + done, n - done);
			if (written <= 0) return 0;
			done += written;
		}
	close(fd);
	return 1;
}

static void say_ready(const char *file) {
	struct winsize size = {0, 0, 0, 0};
	ioctl(0, TIOCGWINSZ, &size);
	FILE *ready = fopen(file, "w");
	if (!ready) return;
	fprintf(ready, "%u %u\n", size.ws_col, size.ws_row);
	fclose(ready);
}

int main(int argc, char **argv) {
	if (argc < 5) return 2;
	say_ready(argv[1]);
	while (access(argv[2], F_OK) != 0) usleep(1000);
	// The size may have changed while waiting: a tool lays out when all panes are there.
	say_ready(argv[1]);
	int endless = !strcmp(argv[4], "-");
	while (print_file(argv[3]) && endless) {}
	if (!endless) write(1, argv[4], strlen(argv[4]));
	for (;;) pause();
}

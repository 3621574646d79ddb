// Ten frames a second, as a thinking agent prints them: spinner [LABEL].
#include <stdio.h>
#include <time.h>

int main(int argc, char **argv) {
	static const char *frames[] = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
	const struct timespec pause = {0, 100000000};
	printf("%s ready\n", argc > 1 ? argv[1] : "spinner");
	for (unsigned tick = 0;; tick++) {
		printf("\r\033[36m%s\033[0m Thinking \033[2m(%u.%us)\033[0m", frames[tick % 10], tick / 10,
			tick % 10);
		fflush(stdout);
		nanosleep(&pause, NULL);
	}
}

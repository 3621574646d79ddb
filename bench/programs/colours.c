// Fills its terminal with cells of ever other colours, as fast as the terminal takes them: nothing
// of a screen is like that of the one before.
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

static uint64_t state = 0x9e3779b97f4a7c15ull;

static unsigned any(void) {
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33);
}

static unsigned byte_of(unsigned bits, int at) {
	return bits >> (8 * at) & 255;
}

int main(void) {
	for (;;) {
		struct winsize size = {24, 80, 0, 0};
		ioctl(1, TIOCGWINSZ, &size);
		for (unsigned row = 1; row <= size.ws_row; row++) {
			printf("\033[%uH", row);
			for (unsigned column = 0; column < size.ws_col; column++) {
				unsigned one = any(), other = any();
				printf("\033[38;2;%u;%u;%u;48;2;%u;%u;%um%c", byte_of(one, 0), byte_of(one, 1),
					byte_of(one, 2), byte_of(other, 0), byte_of(other, 1), byte_of(other, 2),
					'!' + any() % 94);
			}
		}
		if (fflush(stdout) != 0) return 0;
	}
}

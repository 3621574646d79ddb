// A coloured log with what agents print: SGR in 16, 256 and true colours, CJK, emoji, combining
// marks. The same seed gives the same bytes: ansi-log BYTES SEED [LINES_PER_SECOND]; 0 bytes: endless.
// It never prints U+0100-U+024F or Cyrillic, which the benchmark keeps for its marks.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t state;

static unsigned pick(unsigned below) {
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33) % below;
}

static const char *words[] = {"compile", "src/domain/scope.ts", "expected", "token", "PASS", "warning:",
	"unused", "variable", "in", "function", "await", "signer", "login()", "test", "retry", "build",
	"update", "chunk", "0x7ffe42", "main", "origin/main", "merge", "the", "of", "12ms", "cache", "hit"};
static const char *wide[] = {"漢字", "テスト", "한국어", "🚀", "✅", "🔥", "e\xcc\x81tude", "nai\xcc\x88ve"};

static size_t line(char *out, unsigned number) {
	char *at = out;
	at += sprintf(at, "\033[2m%06u\033[0m ", number % 1000000);
	for (unsigned count = 6 + pick(4); count > 0; count--) {
		unsigned kind = pick(12);
		if (kind < 3) at += sprintf(at, "\033[%um", 31 + pick(7));
		else if (kind == 3) at += sprintf(at, "\033[1;38;5;%um", 16 + pick(216));
		else if (kind == 4) at += sprintf(at, "\033[38;2;%u;%u;%um", pick(256), pick(256), pick(256));
		const char *word = kind == 5 ? wide[pick(sizeof wide / sizeof *wide)]
			: words[pick(sizeof words / sizeof *words)];
		at += sprintf(at, "%s%s ", word, kind < 5 ? "\033[0m" : "");
	}
	*at++ = '\n';
	return at - out;
}

int main(int argc, char **argv) {
	uint64_t bytes = argc > 1 ? strtoull(argv[1], NULL, 10) : 0, written = 0;
	unsigned per_second = argc > 3 ? atoi(argv[3]) : 0;
	state = (argc > 2 ? strtoull(argv[2], NULL, 10) : 1) * 0x9e3779b97f4a7c15ull + 1;
	const struct timespec pause = {0, per_second ? 1000000000 / per_second : 0};
	char buffer[2048];
	for (unsigned number = 0; bytes == 0 || written < bytes; number++) {
		size_t length = line(buffer, number);
		fwrite(buffer, 1, length, stdout);
		written += length;
		if (!per_second) continue;
		fflush(stdout);
		nanosleep(&pause, NULL);
	}
	return 0;
}

// The outer terminal of the benchmark: owns a pty, starts a tool in it, drains it through a token
// bucket and takes time stamps next to the reads. In C so that its own wake-ups cost microseconds.
//
//   outer COLUMNS ROWS BYTES_PER_SECOND FIRST PROGRAM [ARGUMENT...]
// 0 bytes a second are no limit; FIRST is HEX or empty, see first.
//
// Commands come as lines on stdin, each is answered by one line of JSON on stdout:
//   write HEX                                    input for the tool
//   tee 0|1                                      copy what is read to descriptor 3 (at first: 1)
//   echo COUNT SEED GAP_MIN GAP_MAX TIMEOUT      (microseconds) key-to-glyph times, see below
//   marks TIMEOUT TRIGGER HEX,HEX,...            create TRIGGER, wait until each mark was read
//   first TIMEOUT                                wait for FIRST; times of it and of the first byte since the start
//   peak TIME                                    bytes read in so much time, and in its busiest second
//   resize COLUMNS ROWS                          the tool's terminal gets another size
//   bytes                                        bytes read so far and the clock
//   quit                                         hang up, then kill
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 65536, CARRY = 8, MAX_MARKS = 16, MAX_KEYS = 300, MAX_MISSES = 5 };

static int master;
static pid_t child;
static int child_ended;
static int teeing = 1;
static uint64_t total_bytes;
static double rate, tokens;
static uint64_t refilled_at;

static uint64_t now_ns(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

// Blocking by poll: node opens the other ends non-blocking only on its own side.
static void write_all(int fd, const char *bytes, size_t length) {
	while (length > 0) {
		ssize_t n = write(fd, bytes, length);
		if (n < 0) {
			if (errno == EINTR) continue;
			if (errno != EAGAIN) return;
			struct pollfd p = {fd, POLLOUT, 0};
			poll(&p, 1, 1000);
			continue;
		}
		bytes += n;
		length -= n;
	}
}

// --- Key echo: one never-repeated glyph (U+0100 and on, two bytes of UTF-8) at a time.

static struct {
	int on, count, sent, waiting, misses;
	uint64_t gap_min, gap_max, timeout, deadline, sent_at, random, started_at, started_bytes;
	uint64_t times[MAX_KEYS];
	int known;
	char glyph[2];
} echo;

static uint64_t next_random(uint64_t *state) {
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void echo_gap(uint64_t now) {
	uint64_t span = echo.gap_max - echo.gap_min + 1;
	echo.waiting = 0;
	echo.deadline = now + echo.gap_min + next_random(&echo.random) % span;
}

static void echo_finish(uint64_t now) {
	echo.on = 0;
	printf("{\"missed\":%d,\"bytes\":%llu,\"ns\":%llu,\"times\":[", echo.misses,
		(unsigned long long)(total_bytes - echo.started_bytes),
		(unsigned long long)(now - echo.started_at));
	for (int i = 0; i < echo.known; i++)
		printf("%s%llu", i ? "," : "", (unsigned long long)echo.times[i]);
	printf("]}\n");
	fflush(stdout);
}

static void echo_due(uint64_t now) {
	if (!echo.on || now < echo.deadline) return;
	if (echo.waiting) {
		echo.misses++;
		echo_gap(now);
		if (echo.misses >= MAX_MISSES || echo.sent >= echo.count) echo_finish(now);
		return;
	}
	static int glyphs;
	unsigned code = 0x100 + glyphs++ % MAX_KEYS;
	echo.glyph[0] = 0xc0 | (code >> 6);
	echo.glyph[1] = 0x80 | (code & 0x3f);
	echo.waiting = 1;
	echo.sent++;
	echo.sent_at = now_ns();
	echo.deadline = echo.sent_at + echo.timeout;
	write_all(master, echo.glyph, 2);
}

static void echo_look(const char *bytes, size_t length, uint64_t now) {
	if (!echo.on || !echo.waiting || !memmem(bytes, length, echo.glyph, 2)) return;
	echo.times[echo.known++] = now - echo.sent_at;
	if (echo.sent >= echo.count) echo_finish(now);
	else echo_gap(now);
}

// --- Marks: how long until each of some byte strings has come out.

static struct {
	int on, count, seen;
	uint64_t started_at, started_bytes, deadline, last_read, longest_gap;
	struct { char bytes[CARRY]; size_t length; int64_t ns; } mark[MAX_MARKS];
} marks;

static void marks_finish(uint64_t now) {
	marks.on = 0;
	printf("{\"bytes\":%llu,\"ns\":%llu,\"longestGap\":%llu,\"seen\":[",
		(unsigned long long)(total_bytes - marks.started_bytes),
		(unsigned long long)(now - marks.started_at), (unsigned long long)marks.longest_gap);
	for (int i = 0; i < marks.count; i++)
		printf("%s%lld", i ? "," : "", (long long)marks.mark[i].ns);
	printf("]}\n");
	fflush(stdout);
}

static void marks_look(const char *bytes, size_t length, uint64_t now) {
	if (!marks.on) return;
	if (now - marks.last_read > marks.longest_gap) marks.longest_gap = now - marks.last_read;
	marks.last_read = now;
	for (int i = 0; i < marks.count; i++) {
		if (marks.mark[i].ns >= 0) continue;
		if (!memmem(bytes, length, marks.mark[i].bytes, marks.mark[i].length)) continue;
		marks.mark[i].ns = now - marks.started_at;
		marks.seen++;
	}
	if (marks.seen == marks.count) marks_finish(now);
}

// --- First: how long after its start the tool writes at all, and shows what a pane printed.

static struct {
	int asked;
	uint64_t started_at, deadline;
	int64_t byte, mark;
	char bytes[CARRY];
	size_t length;
} first = {.byte = -1, .mark = -1};

static void first_look(const char *bytes, size_t length, uint64_t now) {
	if (first.byte < 0) first.byte = now - first.started_at;
	if (first.mark < 0 && first.length > 0 && memmem(bytes, length, first.bytes, first.length))
		first.mark = now - first.started_at;
}

static void first_due(uint64_t now) {
	if (!first.asked || (first.mark < 0 && now < first.deadline && !child_ended)) return;
	first.asked = 0;
	printf("{\"byte\":%lld,\"mark\":%lld}\n", (long long)first.byte, (long long)first.mark);
	fflush(stdout);
}

// --- Peak: the most bytes within any second, in steps of ten milliseconds.

enum { STEPS = 100 };
static const uint64_t step_ns = 10000000;

static struct {
	int on;
	uint64_t started_at, started_bytes, deadline, step, most;
	uint64_t in_step[STEPS];
} peak;

// Moves the window up to now; the steps between were silent.
static void peak_window(uint64_t now) {
	uint64_t step = (now - peak.started_at) / step_ns;
	for (uint64_t silent = 0; peak.step < step && silent < STEPS; silent++)
		peak.in_step[++peak.step % STEPS] = 0;
	peak.step = step;
}

static void peak_look(size_t length, uint64_t now) {
	if (!peak.on) return;
	peak_window(now);
	peak.in_step[peak.step % STEPS] += length;
	uint64_t sum = 0;
	for (int i = 0; i < STEPS; i++) sum += peak.in_step[i];
	if (sum > peak.most) peak.most = sum;
}

static void peak_due(uint64_t now) {
	if (!peak.on || (now < peak.deadline && !child_ended)) return;
	peak.on = 0;
	printf("{\"bytes\":%llu,\"ns\":%llu,\"peak\":%llu}\n",
		(unsigned long long)(total_bytes - peak.started_bytes),
		(unsigned long long)(now - peak.started_at), (unsigned long long)peak.most);
	fflush(stdout);
}

// --- Reading, at most as fast as the bucket allows.

static void refill(uint64_t now) {
	double limit = rate / 200 > 16384 ? rate / 200 : 16384;
	tokens += rate * (now - refilled_at) / 1e9;
	if (tokens > limit) tokens = limit;
	refilled_at = now;
}

static void read_master(void) {
	static char buffer[CARRY + CHUNK];
	static size_t carried;
	size_t want = rate > 0 && tokens < CHUNK ? (size_t)tokens : CHUNK;
	ssize_t n = read(master, buffer + CARRY, want);
	uint64_t now = now_ns();
	if (n <= 0) {
		if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
		child_ended = 1;
		return;
	}
	total_bytes += n;
	tokens -= n;
	const char *from = buffer + CARRY - carried;
	echo_look(from, carried + n, now);
	marks_look(from, carried + n, now);
	first_look(from, carried + n, now);
	peak_look(n, now);
	if (teeing) write_all(3, buffer + CARRY, n);
	// The last bytes stay in front of the next chunk: a glyph may be cut in two. One byte less than
	// the shortest mark, or a glyph would be seen twice.
	carried = 1;
	buffer[CARRY - 1] = buffer[CARRY + n - 1];
}

// --- Commands.

static size_t from_hex(const char *hex, char *out, size_t limit) {
	size_t n = 0;
	unsigned byte;
	while (n < limit && sscanf(hex + 2 * n, "%2x", &byte) == 1) out[n++] = byte;
	return n;
}

static void start_echo(const char *line) {
	unsigned long long seed, low, high, timeout;
	memset(&echo, 0, sizeof echo);
	if (sscanf(line, "%d %llu %llu %llu %llu", &echo.count, &seed, &low, &high, &timeout) != 5) return;
	if (echo.count > MAX_KEYS) echo.count = MAX_KEYS;
	echo.random = seed * 0x9e3779b97f4a7c15ull + 1;
	echo.gap_min = low * 1000;
	echo.gap_max = high * 1000;
	echo.timeout = timeout * 1000;
	echo.on = 1;
	echo.started_at = now_ns();
	echo.started_bytes = total_bytes;
	echo_gap(echo.started_at);
}

static void start_marks(char *line) {
	unsigned long long timeout = strtoull(line, &line, 10);
	char *trigger = strtok(line, " \n"), *list = strtok(NULL, " \n");
	memset(&marks, 0, sizeof marks);
	for (char *hex = strtok(list, ","); hex && marks.count < MAX_MARKS; hex = strtok(NULL, ",")) {
		marks.mark[marks.count].length = from_hex(hex, marks.mark[marks.count].bytes, CARRY);
		marks.mark[marks.count++].ns = -1;
	}
	marks.on = 1;
	marks.started_bytes = total_bytes;
	marks.started_at = marks.last_read = now_ns();
	marks.deadline = marks.started_at + timeout * 1000;
	close(open(trigger, O_CREAT | O_WRONLY, 0600));
}

static void start_peak(const char *line) {
	memset(&peak, 0, sizeof peak);
	peak.on = 1;
	peak.started_at = now_ns();
	peak.started_bytes = total_bytes;
	peak.deadline = peak.started_at + strtoull(line, NULL, 10) * 1000;
}

static void resize(const char *line) {
	struct winsize size = {0, 0, 0, 0};
	if (sscanf(line, "%hu %hu", &size.ws_col, &size.ws_row) == 2) ioctl(master, TIOCSWINSZ, &size);
	printf("{}\n");
}

static void quit(void) {
	kill(child, SIGHUP);
	close(master);
	for (int i = 0; i < 200; i++) {
		if (waitpid(child, NULL, WNOHANG) != 0) exit(0);
		usleep(10000);
	}
	kill(child, SIGKILL);
	exit(0);
}

static void command(char *line) {
	if (!strncmp(line, "write ", 6)) {
		char bytes[4096];
		write_all(master, bytes, from_hex(line + 6, bytes, sizeof bytes));
		printf("{}\n");
	} else if (!strncmp(line, "tee ", 4)) {
		teeing = line[4] == '1';
		printf("{}\n");
	} else if (!strncmp(line, "echo ", 5)) start_echo(line + 5);
	else if (!strncmp(line, "marks ", 6)) start_marks(line + 6);
	else if (!strncmp(line, "first ", 6)) {
		first.asked = 1;
		first.deadline = now_ns() + strtoull(line + 6, NULL, 10) * 1000;
	} else if (!strncmp(line, "peak ", 5)) start_peak(line + 5);
	else if (!strncmp(line, "resize ", 7)) resize(line + 7);
	else if (!strncmp(line, "bytes", 5))
		printf("{\"bytes\":%llu,\"ns\":%llu}\n", (unsigned long long)total_bytes,
			(unsigned long long)now_ns());
	else if (!strncmp(line, "quit", 4)) quit();
	else printf("{\"error\":\"unknown command\"}\n");
	fflush(stdout);
}

static void read_commands(void) {
	static char buffer[16384];
	static size_t length;
	ssize_t n = read(0, buffer + length, sizeof buffer - 1 - length);
	if (n <= 0) quit();
	length += n;
	buffer[length] = 0;
	for (char *end; (end = strchr(buffer, '\n')); ) {
		*end = 0;
		size_t rest = length - (end + 1 - buffer);
		char line[16384];
		strcpy(line, buffer);
		memmove(buffer, end + 1, rest + 1);
		length = rest;
		command(line);
	}
}

static void wait_for_something(void) {
	uint64_t now = now_ns(), until = now + 1000000000ull;
	if (rate > 0) refill(now);
	int starved = rate > 0 && tokens < 4096;
	if (starved) until = now + (uint64_t)((4096 - tokens) * 1e9 / rate) + 1000;
	if (echo.on && echo.deadline < until) until = echo.deadline;
	if (marks.on && marks.deadline < until) until = marks.deadline;
	if (first.asked && first.deadline < until) until = first.deadline;
	if (peak.on && peak.deadline < until) until = peak.deadline;
	uint64_t left = until > now ? until - now : 0;
	struct timespec timeout = {left / 1000000000ull, left % 1000000000ull};
	struct pollfd polled[2] = {{0, POLLIN, 0}, {starved || child_ended ? -1 : master, POLLIN, 0}};
	ppoll(polled, 2, &timeout, NULL);
	if (polled[0].revents) read_commands();
	if (polled[1].revents) read_master();
}

int main(int argc, char **argv) {
	if (argc < 6) return 2;
	first.length = from_hex(argv[4], first.bytes, CARRY);
	struct winsize size = {atoi(argv[2]), atoi(argv[1]), 0, 0};
	rate = atof(argv[3]);
	signal(SIGPIPE, SIG_IGN);
	first.started_at = refilled_at = now_ns();
	child = forkpty(&master, NULL, NULL, &size);
	if (child < 0) return 1;
	if (child == 0) {
		close(3);
		execvp(argv[5], argv + 5);
		_exit(127);
	}
	fcntl(master, F_SETFD, FD_CLOEXEC);
	printf("{\"pid\":%d}\n", child);
	fflush(stdout);
	for (;;) {
		wait_for_something();
		uint64_t now = now_ns();
		echo_due(now);
		first_due(now);
		peak_due(now);
		if (echo.on && child_ended) echo_finish(now);
		if (marks.on && (child_ended || now >= marks.deadline)) marks_finish(now);
	}
}

/*
 * Measures how Dovecot's own library splits the lines of a login and a look-up into their fields:
 * the baseline of CommandDecoderBenchmark, which reads the same lines. It prints the nanoseconds
 * per line, lowest and median of thirty rounds. docs/benchmarks.md shows how to build it.
 */
#include "lib.h"
#include "strescape.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LINES 4
#define ROUNDS 30
#define BURSTS 500000

/* Without the letter and the LF, which Dovecot has removed by then. */
static const char *const lines[LINES] = {
	"1\t",
	"1\tshared/last-login/imap/alice@example.com/example.com\t1700000001",
	"1",
	"shared/last-login/imap/alice@example.com/example.com\t",
};

/* So that the compiler does not see that nobody needs the fields. */
static const char *volatile sink;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static int ascending(const void *one, const void *other)
{
	double difference = *(const double *)one - *(const double *)other;

	return (difference > 0) - (difference < 0);
}

static double split_bursts(void)
{
	double start = now();

	for (int burst = 0; burst < BURSTS; burst++) {
		for (int line = 0; line < LINES; line++) {
			T_BEGIN {
				sink = t_strsplit_tabescaped(lines[line])[0];
			} T_END;
		}
	}
	return (now() - start) / (BURSTS * LINES);
}

int main(void)
{
	double times[ROUNDS];

	lib_init();
	for (int round = 0; round < ROUNDS; round++)
		times[round] = split_bursts();
	lib_deinit();
	qsort(times, ROUNDS, sizeof(times[0]), ascending);
	printf("lowest %.0f ns, median %.0f ns\n", times[0], times[ROUNDS / 2]);
	return 0;
}

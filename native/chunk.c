/*
 * The search for cuts. One digest is a chain of dependent table loads, about 7 cycles a byte; four stretches of the
 * content searched in step ("lanes") keep the processor busy during that time.
 */
#include "cofre.h"

int32_t cofre_abi_version(void)
{
	return COFRE_ABI_VERSION;
}

/* Positions per lane: long enough to forget the warm-up of 64 bytes, short enough to waste little past a cut. */
#define LANE 8192
/* Below this the three further warm-ups cost more than the lanes gain. */
#define SHORTEST_LANE 256
/* The degree of the polynomial is 53: these eight bits of a digest overflow when it moves on by a byte. */
#define SHIFT 45

#define ENTER(d, byte) (((d) << 8 | (byte)) ^ mod[(d) >> SHIFT])
#define SLIDE(d, q) (ENTER(d, (q)[-1]) ^ leave[(q)[-1 - COFRE_WINDOW]])

static uint64_t digest(const uint64_t *mod, const uint8_t *end)
{
	uint64_t d = 0;
	for (const uint8_t *q = end - COFRE_WINDOW; q < end; q++)
		d = ENTER(d, *q);
	return d;
}

static int64_t one_lane(const uint64_t *tables, const uint8_t *data, int64_t first, int64_t last, uint64_t mask)
{
	const uint64_t *mod = tables, *leave = tables + 256;
	if (first > last)
		return -1;
	uint64_t d = digest(mod, data + first);
	int64_t p = first;
	while ((d & mask) != 0) {
		if (++p > last)
			return -1;
		d = SLIDE(d, data + p);
	}
	return p;
}

static int64_t four_lanes(const uint64_t *tables, const uint8_t *data, int64_t first, int64_t lane, uint64_t mask)
{
	const uint64_t *mod = tables, *leave = tables + 256;
	const uint8_t *q = data + first, *end = q + lane;
	uint64_t a = digest(mod, q), b = digest(mod, q + lane);
	uint64_t c = digest(mod, q + 2 * lane), d = digest(mod, q + 3 * lane);
	/* A zero wraps around to all ones; the digests are far from using the top bit themselves. */
	while ((int64_t)(((a & mask) - 1) | ((b & mask) - 1) | ((c & mask) - 1) | ((d & mask) - 1)) >= 0) {
		if (++q == end)
			return -1;
		a = SLIDE(a, q);
		b = SLIDE(b, q + lane);
		c = SLIDE(c, q + 2 * lane);
		d = SLIDE(d, q + 3 * lane);
	}
	int64_t p = q - data;
	if ((a & mask) == 0)
		return p;
	/* A later lane hit: what the lanes before it have not seen yet comes first. */
	int64_t hit_lane = (b & mask) == 0 ? 1 : (c & mask) == 0 ? 2 : 3;
	for (int64_t i = 0; i < hit_lane; i++) {
		int64_t earlier = one_lane(tables, data, p + i * lane + 1, first + (i + 1) * lane - 1, mask);
		if (earlier >= 0)
			return earlier;
	}
	return p + hit_lane * lane;
}

int64_t cofre_chunk_scan(const uint64_t *tables, const uint8_t *data, int64_t first, int64_t last, uint64_t mask)
{
	for (;;) {
		int64_t lane = (last - first + 1) / 4;
		if (lane < SHORTEST_LANE)
			return one_lane(tables, data, first, last, mask);
		if (lane > LANE)
			lane = LANE;
		int64_t hit = four_lanes(tables, data, first, lane, mask);
		if (hit >= 0)
			return hit;
		first += 4 * lane;
	}
}

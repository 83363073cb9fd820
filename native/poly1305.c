/*
 * Poly1305 (RFC 8439): our own in portable C with 44-bit limbs, or libcrypto's vector code where libcrypto 3 can be
 * loaded at run time. Nothing of libcrypto is needed to build or to start.
 */
#include "cofre.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

typedef unsigned __int128 uint128;

#define BITS44 UINT64_C(0xfffffffffff)
#define BITS42 UINT64_C(0x3ffffffffff)
/* Blocks that one step takes in: their products are independent, only the sum must wait for the step before. */
#define STEP 4

/* A number below about 2^131: limbs of 44, 44 and 42 bits, each with some room for carries. */
struct number {
	uint64_t limb[3];
};

struct power {
	struct number r;
	uint64_t s1, s2; /* 20 times the upper limbs: 2^132 = 20 modulo 2^130 - 5, as 2^132 = 4 * 2^130 */
};

struct own {
	struct power power[STEP]; /* r, r^2, r^3, r^4 */
	struct number h;
	uint8_t pad[16];
	uint8_t partial[16 * STEP];
	uint32_t filled;
};

struct state {
	void *context; /* of libcrypto, or NULL: our own */
	struct own own;
};

_Static_assert(sizeof(struct state) <= COFRE_POLY1305_STATE, "the room that callers give");

static uint64_t load64(const uint8_t *p)
{
	uint64_t v = 0;
	for (int i = 7; i >= 0; i--)
		v = v << 8 | p[i];
	return v;
}

static void store64(uint8_t *p, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static struct number split(const uint8_t *block, uint64_t high)
{
	uint64_t t0 = load64(block), t1 = load64(block + 8);
	return (struct number){{t0 & BITS44, (t0 >> 44 | t1 << 20) & BITS44, t1 >> 24 | high << 40}};
}

struct sum {
	uint128 d[3];
};

static inline void add_product(struct sum *sum, const struct number *a, const struct power *p)
{
	uint64_t a0 = a->limb[0], a1 = a->limb[1], a2 = a->limb[2];
	sum->d[0] += (uint128)a0 * p->r.limb[0] + (uint128)a1 * p->s2 + (uint128)a2 * p->s1;
	sum->d[1] += (uint128)a0 * p->r.limb[1] + (uint128)a1 * p->r.limb[0] + (uint128)a2 * p->s2;
	sum->d[2] += (uint128)a0 * p->r.limb[2] + (uint128)a1 * p->r.limb[1] + (uint128)a2 * p->r.limb[0];
}

static inline struct number reduce(struct sum sum)
{
	uint64_t h0 = (uint64_t)sum.d[0] & BITS44;
	sum.d[1] += (uint64_t)(sum.d[0] >> 44);
	uint64_t h1 = (uint64_t)sum.d[1] & BITS44;
	sum.d[2] += (uint64_t)(sum.d[1] >> 44);
	uint64_t h2 = (uint64_t)sum.d[2] & BITS42;
	h0 += (uint64_t)(sum.d[2] >> 42) * 5;
	h1 += h0 >> 44;
	return (struct number){{h0 & BITS44, h1, h2}};
}

static struct power power_of(struct number r)
{
	return (struct power){r, r.limb[1] * 20, r.limb[2] * 20};
}

static void own_begin(struct own *o, const uint8_t *key)
{
	uint8_t r[16];
	memcpy(r, key, 16);
	for (int i = 3; i < 16; i += 4)
		r[i] &= 15;
	for (int i = 4; i < 16; i += 4)
		r[i] &= 252;
	o->power[0] = power_of(split(r, 0));
	for (int i = 1; i < STEP; i++) {
		struct sum sum = {{0, 0, 0}};
		add_product(&sum, &o->power[i - 1].r, &o->power[0]);
		o->power[i] = power_of(reduce(sum));
	}
	o->h = (struct number){{0, 0, 0}};
	memcpy(o->pad, key + 16, 16);
	o->filled = 0;
}

/* h = (h + first) * r^n + second * r^(n-1) + ... + last * r, all modulo 2^130 - 5 */
static inline struct number step(const struct own *o, struct number h, const uint8_t *in, int blocks)
{
	struct sum sum = {{0, 0, 0}};
	for (int i = 0; i < blocks; i++) {
		struct number m = split(in + 16 * i, 1);
		if (i == 0) {
			m.limb[0] += h.limb[0];
			m.limb[1] += h.limb[1];
			m.limb[2] += h.limb[2];
		}
		add_product(&sum, &m, &o->power[blocks - 1 - i]);
	}
	return reduce(sum);
}

static const uint8_t *whole_steps(struct own *o, const uint8_t *in, const uint8_t *end)
{
	struct number h = o->h;
	for (; end - in >= 16 * STEP; in += 16 * STEP)
		h = step(o, h, in, STEP);
	o->h = h;
	return in;
}

static void own_update(struct own *o, const uint8_t *in, size_t length)
{
	const uint8_t *end = in + length;
	if (o->filled > 0) {
		size_t take = sizeof o->partial - o->filled;
		if (take > length)
			take = length;
		memcpy(o->partial + o->filled, in, take);
		o->filled += (uint32_t)take;
		in += take;
		if (o->filled < sizeof o->partial)
			return;
		whole_steps(o, o->partial, o->partial + sizeof o->partial);
		o->filled = 0;
	}
	in = whole_steps(o, in, end);
	memcpy(o->partial, in, (size_t)(end - in));
	o->filled = (uint32_t)(end - in);
}

static void absorb_rest(struct own *o)
{
	const uint8_t *in = o->partial, *end = in + o->filled;
	for (; end - in >= 16; in += 16)
		o->h = step(o, o->h, in, 1);
	if (in == end)
		return;
	uint8_t last[16] = {0};
	memcpy(last, in, (size_t)(end - in));
	last[end - in] = 1;
	struct number m = split(last, 0);
	for (int i = 0; i < 3; i++)
		m.limb[i] += o->h.limb[i];
	struct sum sum = {{0, 0, 0}};
	add_product(&sum, &m, &o->power[0]);
	o->h = reduce(sum);
}

static void own_finish(struct own *o, uint8_t *tag)
{
	absorb_rest(o);
	uint64_t h0 = o->h.limb[0], h1 = o->h.limb[1], h2 = o->h.limb[2];
	/* Twice around: the first round may leave a carry that only the second one brings home. */
	for (int i = 0; i < 2; i++) {
		h1 += h0 >> 44, h0 &= BITS44;
		h2 += h1 >> 44, h1 &= BITS44;
		h0 += (h2 >> 42) * 5, h2 &= BITS42;
	}
	h1 += h0 >> 44, h0 &= BITS44;
	/* Subtract 2^130 - 5 if that leaves something, without branching on the secret. */
	uint64_t g0 = h0 + 5, g1 = h1 + (g0 >> 44), g2 = h2 + (g1 >> 44);
	uint64_t over = UINT64_C(0) - (g2 >> 42);
	h0 = (h0 & ~over) | (g0 & BITS44 & over);
	h1 = (h1 & ~over) | (g1 & BITS44 & over);
	h2 = (h2 & ~over) | (g2 & BITS42 & over);
	uint128 low = (uint128)(h0 | h1 << 44) + load64(o->pad);
	uint64_t high = (h1 >> 20 | h2 << 24) + load64(o->pad + 8) + (uint64_t)(low >> 64);
	store64(tag, (uint64_t)low);
	store64(tag + 8, high);
}

/* ---- libcrypto, by its stable names of version 3 -------------------------------------------------------------- */

static struct {
	void *algorithm;
	int (*start)(uint64_t, const void *);
	void *(*fetch)(void *, const char *, const char *);
	void *(*context)(void *);
	void (*release)(void *);
	int (*begin)(void *, const unsigned char *, size_t, const void *);
	int (*update)(void *, const unsigned char *, size_t);
	int (*finish)(void *, unsigned char *, size_t *, size_t);
} crypto;

/*
 * Without its exit handler: threads of a Java process still run while exit handlers do. Without its configuration
 * file: nothing there matters to this one algorithm, and a broken one must not matter either.
 */
#define NO_LOAD_CONFIG 0x80u
#define NO_ATEXIT 0x80000u

/* Object and function pointers are the same thing wherever dlsym exists; C has no cast for it. */
static int symbol(void *library, const char *name, void *slot)
{
	void *address = dlsym(library, name);
	memcpy(slot, &address, sizeof address);
	return address != NULL;
}

static void *load_poly1305(void)
{
	/* Debian and ports; FreeBSD 15 base; FreeBSD 14 base. Older ones have no EVP_MAC. */
	static const char *const names[] = {"libcrypto.so.3", "libcrypto.so.35", "libcrypto.so.30"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		void *library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
		if (library == NULL)
			continue;
		if (symbol(library, "OPENSSL_init_crypto", &crypto.start)
		    && symbol(library, "EVP_MAC_fetch", &crypto.fetch)
		    && symbol(library, "EVP_MAC_CTX_new", &crypto.context)
		    && symbol(library, "EVP_MAC_CTX_free", &crypto.release)
		    && symbol(library, "EVP_MAC_init", &crypto.begin)
		    && symbol(library, "EVP_MAC_update", &crypto.update)
		    && symbol(library, "EVP_MAC_final", &crypto.finish)
		    && crypto.start(NO_LOAD_CONFIG | NO_ATEXIT, NULL) == 1) {
			void *algorithm = crypto.fetch(NULL, "POLY1305", NULL);
			if (algorithm != NULL)
				return algorithm;
		}
		dlclose(library);
	}
	return NULL;
}

int32_t cofre_poly1305_libcrypto(void)
{
	static int tried;
	if (!tried) {
		tried = 1;
		crypto.algorithm = load_poly1305();
	}
	return crypto.algorithm != NULL;
}

/* ---- the interface -------------------------------------------------------------------------------------------- */

void cofre_poly1305_begin(void *memory, const uint8_t *key, int32_t which)
{
	struct state *s = memory;
	int use = which == COFRE_POLY1305_LIBCRYPTO && crypto.algorithm != NULL;
	s->context = use ? crypto.context(crypto.algorithm) : NULL;
	if (s->context != NULL && crypto.begin(s->context, key, 32, NULL) == 1)
		return;
	if (s->context != NULL)
		crypto.release(s->context);
	s->context = NULL;
	own_begin(&s->own, key);
}

int32_t cofre_poly1305_update(void *memory, const uint8_t *data, int64_t length)
{
	struct state *s = memory;
	if (s->context != NULL)
		return crypto.update(s->context, data, (size_t)length) == 1 ? 0 : -1;
	own_update(&s->own, data, (size_t)length);
	return 0;
}

int32_t cofre_poly1305_finish(void *memory, uint8_t *tag)
{
	struct state *s = memory;
	int done = 1;
	if (s->context == NULL) {
		own_finish(&s->own, tag);
	} else {
		size_t length = 0;
		done = crypto.finish(s->context, tag, &length, 16) == 1 && length == 16;
		crypto.release(s->context);
	}
	/* The key's powers must not stay behind in memory; the compiler may leave out a plain memset. */
	volatile uint8_t *wipe = memory;
	for (size_t i = 0; i < sizeof *s; i++)
		wipe[i] = 0;
	return done ? 0 : -1;
}

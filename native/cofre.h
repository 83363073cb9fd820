/*
 * libcofre: the hot loops of cofre in C. Every function has a twin in pure Java that gives the same bytes; the daemon
 * works without this library, only slower.
 *
 * Rules of the interface: fixed-width integers, caller-owned memory, no state behind the caller's back, every function
 * may be called from any thread at the same time on different memory. A change of any signature, layout or meaning
 * raises COFRE_ABI_VERSION; the Java side refuses any other number than its own.
 */
#ifndef COFRE_H
#define COFRE_H

#include <stdint.h>

#define COFRE_ABI_VERSION 1

/* Everything else in the library is hidden. */
#define COFRE_API __attribute__((visibility("default")))

COFRE_API int32_t cofre_abi_version(void);

/* ---- chunker ------------------------------------------------------------------------------------------------- */

#define COFRE_WINDOW 64

/*
 * Searches positions first..last (both included) of data in rising order for one whose digest has all bits of mask
 * zero; position p is judged by data[p-64..p-1]. Returns that position or -1. first >= 64; last below first means
 * nothing to search. tables: 256 entries "mod", then 256 entries "leave", as cofre.chunk.ChunkTables defines them.
 */
COFRE_API int64_t cofre_chunk_scan(const uint64_t *tables, const uint8_t *data, int64_t first, int64_t last,
                                   uint64_t mask);

/* ---- Poly1305 ------------------------------------------------------------------------------------------------ */

/* Opaque room for a computation in progress; 8-byte aligned. */
#define COFRE_POLY1305_STATE 320

#define COFRE_POLY1305_OWN 0
#define COFRE_POLY1305_LIBCRYPTO 1

/*
 * Loads libcrypto 3 at the first call and says whether it can compute tags (1) or not (0). The first call must return
 * before any other thread calls it or begins a tag.
 */
COFRE_API int32_t cofre_poly1305_libcrypto(void);

/*
 * which: COFRE_POLY1305_*; our own also stands in for libcrypto where that is not available.
 * key: r (clamped here), then s, 16 bytes each. begin is always followed by finish, which frees what begin took and
 * wipes the state. update and finish return 0; anything else means that there is no tag (libcrypto refused).
 */
COFRE_API void cofre_poly1305_begin(void *state, const uint8_t *key, int32_t which);
COFRE_API int32_t cofre_poly1305_update(void *state, const uint8_t *data, int64_t length);
COFRE_API int32_t cofre_poly1305_finish(void *state, uint8_t *tag);

/* ---- batch directory reading --------------------------------------------------------------------------------- */

/*
 * One entry of a directory with everything stat knows of it, never following a symbolic link. Native byte order; the
 * name follows at offset COFRE_ENTRY_NAME, name_length bytes and a NUL; the next record starts at record_length
 * (a multiple of 8). "." and ".." are left out. Unless error is 0, only name and dirent_type mean anything.
 */
struct cofre_entry {
	uint32_t record_length;  /*   0 */
	uint32_t name_length;    /*   4  bytes, without the NUL */
	int32_t  error;          /*   8  errno of stat for this entry, or 0 */
	uint32_t dirent_type;    /*  12  DT_*, as the directory says */
	uint64_t device;         /*  16  as dev_t of stat(2) */
	uint64_t inode;          /*  24 */
	uint64_t links;          /*  32 */
	uint32_t mode;           /*  40  type and permission bits */
	uint32_t uid;            /*  44 */
	uint32_t gid;            /*  48 */
	uint32_t block_size;     /*  52 */
	uint64_t size;           /*  56  bytes */
	uint64_t blocks;         /*  64  of 512 bytes */
	uint64_t special_device; /*  72  of a device node, as dev_t */
	int64_t  access_s;       /*  80  seconds since 1970 */
	int64_t  modify_s;       /*  88 */
	int64_t  change_s;       /*  96 */
	int64_t  birth_s;        /* 104  0 unless COFRE_KNOWS_BIRTH */
	uint32_t access_ns;      /* 112 */
	uint32_t modify_ns;      /* 116 */
	uint32_t change_ns;      /* 120 */
	uint32_t birth_ns;       /* 124 */
	uint64_t flags;          /* 128  FreeBSD: st_flags; Linux: stx_attributes */
	uint64_t generation;     /* 136  FreeBSD: st_gen; 0 elsewhere */
	uint32_t known;          /* 144  COFRE_KNOWS_* */
	uint32_t reserved;       /* 148  0 */
};

#define COFRE_ENTRY_NAME 152

#define COFRE_KNOWS_BIRTH 1u
#define COFRE_KNOWS_FLAGS 2u
#define COFRE_KNOWS_GENERATION 4u

/* The smallest buffer cofre_dir_batch accepts. */
#define COFRE_DIR_BUFFER 65536

/*
 * Fills buffer (8-byte aligned, capacity >= COFRE_DIR_BUFFER bytes) with the next entries of the open directory
 * dirfd, whose file offset advances. Returns the bytes of records at the front of the buffer, 0 at the end of the
 * directory, or -errno of reading the directory. The rest of the buffer is used as scratch space.
 */
COFRE_API int64_t cofre_dir_batch(int32_t dirfd, void *buffer, int64_t capacity);

#endif

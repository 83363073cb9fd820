/*
 * Batch directory reading: one call returns some hundreds of entries with all that stat knows of them, instead of one
 * call from Java for each entry.
 */
#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "cofre.h"

#include <sys/types.h>
#include <sys/stat.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#if defined(__linux__)
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#endif
#include <unistd.h>

_Static_assert(sizeof(struct cofre_entry) == COFRE_ENTRY_NAME, "the layout that Java reads");
_Static_assert(offsetof(struct cofre_entry, known) == 144, "the layout that Java reads");

/*
 * How much larger a record is than the directory entry it comes from, at most: names of one byte take 24 bytes in the
 * kernel's form and 160 in ours. The kernel's entries therefore go to the last eighth of the buffer.
 */
#define GROWTH 7

#if defined(__linux__)
/* The kernel's struct linux_dirent64, which no header of libc declares. */
struct kernel_entry {
	uint64_t inode;
	int64_t offset;
	uint16_t length;
	uint8_t type;
	char name[];
};
#define ENTRY_REMOVED(e) 0
#define ENTRY_LENGTH(e) ((e)->length)
#define ENTRY_TYPE(e) ((e)->type)
#define ENTRY_NAME(e) ((e)->name)
#define ENTRY_NAME_LENGTH(e) strlen((e)->name)

static int64_t read_entries(int fd, char *into, size_t capacity)
{
	return syscall(SYS_getdents64, fd, into, capacity);
}
#else
#define kernel_entry dirent
#define ENTRY_REMOVED(e) ((e)->d_fileno == 0)
#define ENTRY_LENGTH(e) ((e)->d_reclen)
#define ENTRY_TYPE(e) ((e)->d_type)
#define ENTRY_NAME(e) ((e)->d_name)
#define ENTRY_NAME_LENGTH(e) ((e)->d_namlen)

static int64_t read_entries(int fd, char *into, size_t capacity)
{
	off_t base;
	return getdirentries(fd, into, capacity, &base);
}
#endif

#if defined(__linux__)
static int describe(int fd, const char *name, struct cofre_entry *e)
{
	struct statx st;
	if (statx(fd, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_BASIC_STATS | STATX_BTIME, &st) != 0)
		return errno;
	e->device = makedev(st.stx_dev_major, st.stx_dev_minor);
	e->inode = st.stx_ino;
	e->links = st.stx_nlink;
	e->mode = st.stx_mode;
	e->uid = st.stx_uid;
	e->gid = st.stx_gid;
	e->block_size = st.stx_blksize;
	e->size = st.stx_size;
	e->blocks = st.stx_blocks;
	e->special_device = makedev(st.stx_rdev_major, st.stx_rdev_minor);
	e->access_s = st.stx_atime.tv_sec, e->access_ns = st.stx_atime.tv_nsec;
	e->modify_s = st.stx_mtime.tv_sec, e->modify_ns = st.stx_mtime.tv_nsec;
	e->change_s = st.stx_ctime.tv_sec, e->change_ns = st.stx_ctime.tv_nsec;
	e->flags = st.stx_attributes;
	e->known = COFRE_KNOWS_FLAGS;
	if (st.stx_mask & STATX_BTIME) {
		e->birth_s = st.stx_btime.tv_sec, e->birth_ns = st.stx_btime.tv_nsec;
		e->known |= COFRE_KNOWS_BIRTH;
	}
	return 0;
}
#else
static int describe(int fd, const char *name, struct cofre_entry *e)
{
	struct stat st;
	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return errno;
	e->device = (uint64_t)st.st_dev;
	e->inode = (uint64_t)st.st_ino;
	e->links = (uint64_t)st.st_nlink;
	e->mode = (uint32_t)st.st_mode;
	e->uid = (uint32_t)st.st_uid;
	e->gid = (uint32_t)st.st_gid;
	e->block_size = (uint32_t)st.st_blksize;
	e->size = (uint64_t)st.st_size;
	e->blocks = (uint64_t)st.st_blocks;
	e->special_device = (uint64_t)st.st_rdev;
	e->access_s = st.st_atim.tv_sec, e->access_ns = (uint32_t)st.st_atim.tv_nsec;
	e->modify_s = st.st_mtim.tv_sec, e->modify_ns = (uint32_t)st.st_mtim.tv_nsec;
	e->change_s = st.st_ctim.tv_sec, e->change_ns = (uint32_t)st.st_ctim.tv_nsec;
	e->birth_s = st.st_birthtim.tv_sec, e->birth_ns = (uint32_t)st.st_birthtim.tv_nsec;
	e->flags = st.st_flags;
	e->generation = st.st_gen;
	e->known = COFRE_KNOWS_BIRTH | COFRE_KNOWS_FLAGS | COFRE_KNOWS_GENERATION;
	/* A file system that keeps no birth time says -1. */
	if (st.st_birthtim.tv_sec == -1) {
		e->birth_s = 0, e->birth_ns = 0;
		e->known &= ~COFRE_KNOWS_BIRTH;
	}
	return 0;
}
#endif

static int is_dots(const char *name)
{
	return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

/* Writes one record to at and returns its length, or 0 when it would not end before limit. */
static size_t put_record(int fd, const struct kernel_entry *from, char *at, const char *limit)
{
	size_t name_length = ENTRY_NAME_LENGTH(from);
	size_t length = (COFRE_ENTRY_NAME + name_length + 1 + 7) & ~(size_t)7;
	if (length > (size_t)(limit - at))
		return 0;
	struct cofre_entry *e = (struct cofre_entry *)at;
	memset(at, 0, length);
	e->record_length = (uint32_t)length;
	e->name_length = (uint32_t)name_length;
	e->dirent_type = ENTRY_TYPE(from);
	memcpy(at + COFRE_ENTRY_NAME, ENTRY_NAME(from), name_length);
	e->error = describe(fd, at + COFRE_ENTRY_NAME, e);
	return length;
}

int64_t cofre_dir_batch(int32_t fd, void *buffer, int64_t capacity)
{
	if (capacity < COFRE_DIR_BUFFER)
		return -EINVAL;
	size_t scratch = ((size_t)capacity / (GROWTH + 1)) & ~(size_t)4095;
	char *entries = (char *)buffer + (((size_t)capacity - scratch) & ~(size_t)7);
	/* A batch may hold nothing but "." and "..", or removed entries: that is not the end. */
	for (;;) {
		int64_t got = read_entries(fd, entries, scratch);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got < 0 ? -errno : 0;
		char *at = buffer;
		for (char *p = entries; p < entries + got;) {
			const struct kernel_entry *from = (const struct kernel_entry *)p;
			p += ENTRY_LENGTH(from);
			if (ENTRY_REMOVED(from) || is_dots(ENTRY_NAME(from)))
				continue;
			size_t length = put_record(fd, from, at, entries);
			if (length == 0)
				return -EOVERFLOW;
			at += length;
		}
		if (at > (char *)buffer)
			return at - (char *)buffer;
	}
}

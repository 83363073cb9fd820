package cofre.posix;

/**
 * The C library as jnr-ffi binds it. All parameters are plain numbers, addresses included: jnr-ffi then compiles a call
 * to a few instructions. {@code int} is C's int (and mode_t, uid_t, gid_t, socklen_t in its register), {@code long} is
 * size_t, off_t, dev_t or an address. A function is looked up when first called, so one interface may hold what a
 * system lacks. The variadic ones (openat, fcntl, ioctl, setproctitle) take their integers the same way as fixed ones
 * in the ABIs of amd64 and arm64.
 */
final class LibC {
    private LibC() {}

    /** The same on all systems. */
    public interface Common {
        int openat(int dir, long path, int flags, int mode);

        int close(int fd);

        int fcntl(int fd, int command, long argument);

        int ioctl(int fd, long request, long argument);

        long read(int fd, long buffer, long length);

        long pread(int fd, long buffer, long length, long offset);

        long write(int fd, long buffer, long length);

        long pwrite(int fd, long buffer, long length, long offset);

        long lseek(int fd, long offset, int whence);

        int ftruncate(int fd, long length);

        int fsync(int fd);

        int posix_fadvise(int fd, long offset, long length, int advice);

        int flock(int fd, int operation);

        int fstatfs(int fd, long buffer);

        int mkdirat(int dir, long path, int mode);

        int mknodat(int dir, long path, int mode, long device);

        int mkfifoat(int dir, long path, int mode);

        int linkat(int fromDir, long from, int toDir, long to, int flags);

        int symlinkat(long target, int dir, long path);

        long readlinkat(int dir, long path, long buffer, long length);

        int unlinkat(int dir, long path, int flags);

        int renameat(int fromDir, long from, int toDir, long to);

        int fchmod(int fd, int mode);

        int fchmodat(int dir, long path, int mode, int flags);

        int fchown(int fd, int uid, int gid);

        int fchownat(int dir, long path, int uid, int gid, int flags);

        int futimens(int fd, long times);

        int utimensat(int dir, long path, long times, int flags);

        int getpid();

        int geteuid();

        int getegid();

        int kill(int pid, int signal);

        int isatty(int fd);

        int umask(int mask);

        int getrlimit(int resource, long limit);

        int setrlimit(int resource, long limit);

        int getpwuid_r(int uid, long entry, long buffer, long length, long result);

        int getpwnam_r(long name, long entry, long buffer, long length, long result);

        int getgrgid_r(int gid, long entry, long buffer, long length, long result);

        int getgrnam_r(long name, long entry, long buffer, long length, long result);

        int getgrouplist(long name, int group, long groups, long count);

        int socket(int domain, int type, int protocol);

        int bind(int fd, long address, int length);

        int listen(int fd, int backlog);

        int accept4(int fd, long address, long length, int flags);

        int connect(int fd, long address, int length);

        int shutdown(int fd, int how);

        long send(int fd, long buffer, long length, int flags);

        long recv(int fd, long buffer, long length, int flags);

        int getsockopt(int fd, int level, int option, long value, long length);

        int poll(long fds, long count, int timeoutMillis);

        int pipe2(long fds, int flags);
    }

    /** Only on Linux (glibc 2.30 or later). */
    public interface Linux {
        int statx(int dir, long path, int flags, int mask, long buffer);

        long getdents64(int fd, long buffer, long length);

        long flistxattr(int fd, long buffer, long length);

        long llistxattr(long path, long buffer, long length);

        long fgetxattr(int fd, long name, long buffer, long length);

        long lgetxattr(long path, long name, long buffer, long length);

        int fsetxattr(int fd, long name, long buffer, long length, int flags);

        int lsetxattr(long path, long name, long buffer, long length, int flags);

        int fremovexattr(int fd, long name);

        int lremovexattr(long path, long name);

        int mount(long source, long target, long type, long flags, long data);

        int umount2(long target, int flags);
    }

    /** Only on FreeBSD (12 or later: 64-bit inodes are the default version of these symbols). */
    public interface FreeBsd {
        int fstatat(int dir, long path, long buffer, int flags);

        int fstat(int fd, long buffer);

        long getdirentries(int fd, long buffer, long length, long base);

        long extattr_list_fd(int fd, int namespace, long buffer, long length);

        long extattr_get_fd(int fd, int namespace, long name, long buffer, long length);

        long extattr_set_fd(int fd, int namespace, long name, long buffer, long length);

        int extattr_delete_fd(int fd, int namespace, long name);

        long fpathconf(int fd, int name);

        int fchflags(int fd, long flags);

        int chflagsat(int dir, long path, long flags, int atFlag);

        int __acl_get_fd(int fd, int type, long acl);

        int __acl_set_fd(int fd, int type, long acl);

        int getpeereid(int fd, long uid, long gid);

        int nmount(long vector, int count, int flags);

        int unmount(long target, int flags);

        int statfs(long path, long buffer);

        int sysctl(long name, int nameLength, long old, long oldLength, long value, long valueLength);

        void setproctitle(long format, long argument);
    }
}

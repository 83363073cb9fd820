package cofre.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Users and groups as the system's name service knows them. Names by number are remembered for a while (also that there
 * is none), because with winbind a look-up may cross the network; nothing else is cached. A name service that fails
 * counts as not knowing, so a backup goes on with the number alone. Thread-safe.
 */
public final class Accounts {
    /** Offsets in struct passwd and struct group, alike on both systems. */
    private static final int NAME_AT = 0;

    private static final int ID_AT = 16;
    private static final int GROUP_OF_USER_AT = 20;

    private static final int ENTRY_LENGTH = 128;
    private static final int FIRST_BUFFER = 4096;
    /** A group of some ten thousand members. */
    private static final int MAX_BUFFER = 4 << 20;

    private static final int MAX_GROUPS = 65536;

    private final Calls calls;
    private final LibC.Common c;
    private final NameCache users;
    private final NameCache groups;

    Accounts(Calls calls, Ticker ticker) {
        this.calls = calls;
        c = calls.c;
        users = new NameCache(
                ticker,
                uid -> entry((e, b, n, r) -> c.getpwuid_r((int) uid, e, b, n, r))
                        .map(Entry::name));
        groups = new NameCache(
                ticker,
                gid -> entry((e, b, n, r) -> c.getgrgid_r((int) gid, e, b, n, r))
                        .map(Entry::name));
    }

    /** The name of a user. Empty when there is none, or none in UTF-8. */
    public Optional<String> userName(long uid) {
        return users.get(uid);
    }

    /** The name of a group. Empty when there is none, or none in UTF-8. */
    public Optional<String> groupName(long gid) {
        return groups.get(gid);
    }

    /** The number of a user. */
    public OptionalLong userId(String name) {
        return id(name, c::getpwnam_r);
    }

    /** The number of a group. */
    public OptionalLong groupId(String name) {
        return id(name, c::getgrnam_r);
    }

    /** All groups a user is in, the primary one included; empty for a user without an account. Asks afresh each time. */
    public Set<Long> groupsOf(long uid) {
        Optional<Entry> user = entry((e, b, n, r) -> c.getpwuid_r((int) uid, e, b, n, r));
        return user.isEmpty() ? Set.of() : groupsOf(user.get());
    }

    private Set<Long> groupsOf(Entry user) {
        ByteBuffer name = cString(user.name());
        ByteBuffer count = direct(4);
        for (int room = 64; room <= MAX_GROUPS; room *= 4) {
            ByteBuffer list = direct(room * 4);
            count.putInt(0, room);
            int result = c.getgrouplist(
                    calls.addressOf(name), (int) user.group(), calls.addressOf(list), calls.addressOf(count));
            if (result >= 0) {
                Set<Long> found = new LinkedHashSet<>();
                for (int i = 0; i < Math.min(room, count.getInt(0)); i++) {
                    found.add(Integer.toUnsignedLong(list.getInt(i * 4)));
                }
                return found;
            }
        }
        return Set.of(user.group());
    }

    /** One of the get…_r calls, less its key. */
    @FunctionalInterface
    private interface Lookup {
        int find(long entry, long buffer, long length, long result);
    }

    /** One of the get…nam_r calls. */
    @FunctionalInterface
    private interface NamedLookup {
        int find(long name, long entry, long buffer, long length, long result);
    }

    /** {@code group} is meaningful for users only. */
    private record Entry(String name, long id, long group) {}

    private OptionalLong id(String name, NamedLookup lookup) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            return OptionalLong.empty();
        }
        ByteBuffer text = cString(name);
        long address = calls.addressOf(text);
        Optional<Entry> entry = entry((e, b, n, r) -> lookup.find(address, e, b, n, r));
        return entry.isPresent() ? OptionalLong.of(entry.get().id()) : OptionalLong.empty();
    }

    private Optional<Entry> entry(Lookup lookup) {
        ByteBuffer entry = direct(ENTRY_LENGTH + 8);
        long address = calls.addressOf(entry);
        for (int length = FIRST_BUFFER; length <= MAX_BUFFER; length *= 4) {
            ByteBuffer buffer = direct(length);
            long strings = calls.addressOf(buffer);
            int error = lookup.find(address, strings, length, address + ENTRY_LENGTH);
            Errno errno = error == 0 ? Errno.OTHER : calls.errnoOf(error);
            if (error == 0) {
                return entry.getLong(ENTRY_LENGTH) == 0 ? Optional.empty() : decode(entry, buffer, strings);
            }
            if (errno == Errno.EINTR) {
                length /= 4;
            } else if (errno != Errno.ERANGE) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The strings of an entry lie in the buffer we gave; a pointer elsewhere is not followed. */
    private static Optional<Entry> decode(ByteBuffer entry, ByteBuffer strings, long address) {
        long start = entry.getLong(NAME_AT) - address;
        if (start < 0 || start >= strings.capacity()) {
            return Optional.empty();
        }
        int end = (int) start;
        while (end < strings.capacity() && strings.get(end) != 0) {
            end++;
        }
        ByteBuffer name = strings.slice((int) start, end - (int) start);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(name).toString();
            return Optional.of(new Entry(
                    text,
                    Integer.toUnsignedLong(entry.getInt(ID_AT)),
                    Integer.toUnsignedLong(entry.getInt(GROUP_OF_USER_AT))));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static ByteBuffer cString(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return direct(bytes.length + 1).put(0, bytes);
    }

    private static ByteBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
    }
}

package cofre.testkit.versions;

import cofre.acl.Caller;
import cofre.acl.Want;
import cofre.browse.Attributes;
import cofre.browse.BrowseException;
import cofre.browse.EntryKind;
import cofre.browse.OpenVersionFile;
import cofre.browse.Spot;
import cofre.browse.VersionTree;
import cofre.path.RawName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A tree that is made by hand. What it permits goes by the modes on the whole way. Thread-safe once made, faults excepted. */
public final class MemoryVersionTree implements VersionTree {
    private final MemorySpot top = new MemorySpot(null, EntryKind.DIRECTORY, 1);
    private final AtomicLong inodes = new AtomicLong(1);

    /** Files that are open now. */
    public final AtomicInteger openFiles = new AtomicInteger();

    /** Reads begun so far. */
    public final AtomicInteger reads = new AtomicInteger();

    /** Listings made so far. */
    public final AtomicInteger listings = new AtomicInteger();

    @Override
    public MemorySpot top() {
        return top;
    }

    /** A directory. */
    public MemorySpot directory(MemorySpot parent, String name) {
        return add(parent, RawName.ofText(name), EntryKind.DIRECTORY);
    }

    /** A file with text in it. */
    public MemorySpot file(MemorySpot parent, String name, String text) {
        return file(parent, RawName.ofText(name), Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A file. */
    public MemorySpot file(MemorySpot parent, RawName name, Content content) {
        MemorySpot made = add(parent, name, EntryKind.FILE);
        made.content = content;
        return made;
    }

    /** A symbolic link. */
    public MemorySpot link(MemorySpot parent, String name, String target) {
        MemorySpot made = add(parent, RawName.ofText(name), EntryKind.SYMLINK);
        made.target = target.getBytes(StandardCharsets.UTF_8);
        return made;
    }

    /** Anything. */
    public MemorySpot add(MemorySpot parent, RawName name, EntryKind kind) {
        MemorySpot made = new MemorySpot(parent, kind, inodes.incrementAndGet());
        parent.children.put(name, made);
        return made;
    }

    /** Takes an entry away. */
    public void remove(MemorySpot parent, String name) {
        parent.children.remove(RawName.ofText(name));
    }

    private static MemorySpot struck(Spot spot) throws BrowseException {
        MemorySpot mine = (MemorySpot) spot;
        mine.metadataFault.strike();
        return mine;
    }

    private static MemorySpot directory(Spot spot) throws BrowseException {
        MemorySpot mine = struck(spot);
        if (mine.kind() != EntryKind.DIRECTORY) {
            throw new BrowseException.WrongKind("it is a " + mine.kind());
        }
        return mine;
    }

    @Override
    public Optional<Spot> find(Spot directory, RawName name) throws BrowseException {
        return Optional.ofNullable(directory(directory).children.get(name));
    }

    @Override
    public List<Listed> list(Spot directory) throws BrowseException {
        listings.incrementAndGet();
        List<Listed> found = new ArrayList<>();
        directory(directory).children.forEach((name, spot) -> found.add(new Listed(name, spot)));
        return found;
    }

    @Override
    public Attributes attributes(Spot spot) throws BrowseException {
        return struck(spot).attributes();
    }

    @Override
    public byte[] linkTarget(Spot link) throws BrowseException {
        return struck(link).target.clone();
    }

    @Override
    public List<byte[]> extendedAttributes(Spot spot) throws BrowseException {
        return struck(spot).xattrs.keySet().stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public Optional<byte[]> extendedAttribute(Spot spot, byte[] name) throws BrowseException {
        return Optional.ofNullable(struck(spot).xattrs.get(new String(name, StandardCharsets.UTF_8)));
    }

    @Override
    public OpenVersionFile open(Spot file) throws BrowseException {
        MemorySpot mine = struck(file);
        if (mine.kind() != EntryKind.FILE) {
            throw new BrowseException.WrongKind("it is a " + mine.kind());
        }
        openFiles.incrementAndGet();
        return new OpenVersionFile() {
            @Override
            public int read(long offset, byte[] into, int at, int length) throws BrowseException {
                reads.incrementAndGet();
                mine.contentFault.strike();
                return mine.content.read(offset, into, at, length);
            }

            @Override
            public void close() {
                openFiles.decrementAndGet();
            }
        };
    }

    @Override
    public boolean permits(Caller caller, Spot spot, Want want) throws BrowseException {
        MemorySpot mine = struck(spot);
        for (MemorySpot at = mine.above(); at != null; at = at.above()) {
            if (!at.allows(caller, 1)) {
                return false;
            }
        }
        return switch (want) {
            case READ -> mine.allows(caller, 4);
            case SEARCH -> mine.allows(caller, 1);
            case ATTRIBUTES, NAMED_ATTRIBUTES, ACL -> true;
        };
    }

    @Override
    public Totals totals() {
        return new Totals(123_456_789, 4711);
    }
}

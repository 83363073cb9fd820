package cofre.previous;

import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Fd;
import cofre.posix.FileKind;
import cofre.posix.Posix;
import cofre.posix.PosixException;
import cofre.posix.StatEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A share's farm: one link for each moment that is shown. Links stay when the daemon stops. Thread-safe; one process at a
 * time may keep a farm.
 */
public final class Farm {
    private final Posix posix;
    private final RawPath directory;
    private final FarmDirectory place;
    private final int cap;

    /**
     * The farm in {@code directory}, which is made when it is updated first.
     *
     * @param group who may look at versions: only members of this group, or everybody who may use the share
     * @param cap most links there may be, 1 to {@link Thinning#MAX_CAP}
     */
    public Farm(Posix posix, RawPath directory, OptionalLong group, int cap) {
        this.posix = posix;
        this.directory = directory;
        this.place = new FarmDirectory(posix, directory, group);
        this.cap = cap;
    }

    /**
     * What an update did.
     *
     * @param added links that are new or lead elsewhere now
     * @param removed links that are gone, leftovers of a crash included
     * @param shown links there are now
     * @param thinned versions that found no place
     * @param foreign entries that are not ours and were left alone
     */
    public record Update(int added, int removed, int shown, int thinned, int foreign) {}

    /**
     * Makes the links be those of {@code versions}, thinned to the cap; of two versions in one second the later in the
     * list is shown. Does nothing when they are so already. Each link is put in place whole, so a user sees the old list
     * or the new one at any moment.
     *
     * @throws PreviousException when a link cannot be made or removed; those that are there keep working
     */
    public synchronized Update update(List<PreviousVersion> versions) throws PreviousException {
        Map<RawName, byte[]> wanted = wanted(versions);
        try (Fd dir = place.open()) {
            return update(dir, wanted, versions.size() - wanted.size());
        } catch (PosixException e) {
            throw new PreviousException(
                    "cannot keep the previous versions in \"" + directory + "\": " + e.getMessage()
                            + " vs a directory of our own; links that are there keep working; "
                            + "see who owns the directory and whether its disk is full",
                    e);
        }
    }

    /**
     * Why users cannot get to the farm, with what to do: Samba looks at it with the user's own rights. Empty when they
     * can.
     */
    public Optional<String> obstacle() throws PreviousException {
        try {
            return place.obstacle();
        } catch (PosixException e) {
            throw new PreviousException(
                    "cannot look at the way to \"" + directory + "\": " + e.getMessage()
                            + " vs directories that can be looked at; nothing was changed; update the farm first",
                    e);
        }
    }

    private Map<RawName, byte[]> wanted(List<PreviousVersion> versions) {
        NavigableSet<Instant> chosen =
                Thinning.choose(versions.stream().map(PreviousVersion::time).toList(), cap);
        Map<RawName, byte[]> wanted = new LinkedHashMap<>();
        for (PreviousVersion version : versions) {
            if (chosen.contains(version.time().truncatedTo(java.time.temporal.ChronoUnit.SECONDS))) {
                wanted.put(LinkName.of(version.time()), version.directory().bytes());
            }
        }
        return wanted;
    }

    private Update update(Fd dir, Map<RawName, byte[]> wanted, int thinned) throws PosixException {
        Set<RawName> links = new LinkedHashSet<>();
        Set<RawName> foreign = new LinkedHashSet<>();
        int removed = sort(dir, links, foreign);
        if (foreign.isEmpty()) {
            place.setAccess(dir);
        }
        for (RawName link : links) {
            if (!wanted.containsKey(link)) {
                posix.nodes().unlinkAt(dir, link);
                removed++;
            }
        }
        int added = 0;
        int shown = 0;
        for (Map.Entry<RawName, byte[]> link : wanted.entrySet()) {
            if (!foreign.contains(link.getKey())) {
                shown++;
                added += put(dir, link.getKey(), link.getValue(), links) ? 1 : 0;
            }
        }
        return new Update(added, removed, shown, thinned, foreign.size());
    }

    /** Removes what a crash left, and tells our links from everything else. */
    private int sort(Fd dir, Set<RawName> links, Set<RawName> foreign) throws PosixException {
        int removed = 0;
        for (StatEntry entry : posix.directories().listWithStat(dir)) {
            boolean isLink =
                    entry instanceof StatEntry.Found found && found.stat().kind() == FileKind.SYMLINK;
            if (isLink && LinkName.isTemporary(entry.name())) {
                posix.nodes().unlinkAt(dir, entry.name());
                removed++;
            } else if (isLink && LinkName.isOwn(entry.name())) {
                links.add(entry.name());
            } else {
                foreign.add(entry.name());
            }
        }
        return removed;
    }

    private boolean put(Fd dir, RawName name, byte[] target, Set<RawName> links) throws PosixException {
        if (links.contains(name) && Arrays.equals(posix.nodes().readLinkAt(dir, name), target)) {
            return false;
        }
        RawName temporary = LinkName.temporary(name);
        posix.nodes().symlinkAt(target, dir, temporary);
        posix.nodes().renameAt(dir, temporary, dir, name);
        return true;
    }
}

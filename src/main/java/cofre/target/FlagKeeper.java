package cofre.target;

import cofre.format.GenericAttributes;
import cofre.format.Metadata;
import cofre.path.RawName;
import cofre.path.RawPath;
import cofre.posix.Directories;
import cofre.posix.Fd;
import cofre.posix.FileFlags;
import cofre.posix.FileStat;
import cofre.posix.FlagSetter;
import cofre.posix.PosixException;
import cofre.restore.Lack;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** File flags: those that would be in the way are taken off first, those that were kept are put on last. Thread-safe. */
final class FlagKeeper {
    private final Directories directories;
    private final FlagSetter flags;

    FlagKeeper(Directories directories, FlagSetter flags) {
        this.directories = directories;
        this.flags = flags;
    }

    /** Lets an open file or directory be changed. */
    void free(Fd file) throws PosixException {
        if (flags.isOfUse() && FileFlags.block(directories.stat(file).flags())) {
            flags.set(file, 0);
        }
    }

    /** Lets what has this name be replaced or removed; nothing may have it. */
    void freeAt(Fd dir, RawName name) throws PosixException {
        if (!flags.isOfUse()) {
            return;
        }
        Optional<FileStat> there = Steps.ifThere(() -> directories.statAt(dir, name));
        if (there.isPresent() && FileFlags.block(there.get().flags())) {
            flags.setAt(dir, name, 0);
        }
    }

    /** Puts an open file's flags on. */
    void set(Fd file, RawPath path, Metadata metadata, List<Lack> lacks) {
        OptionalLong wanted = wanted(metadata, path, lacks);
        if (wanted.isPresent() && flags.isOfUse()) {
            Steps.attempt(Lack.Kind.ATTRIBUTES, path, lacks, () -> {
                long now = directories.stat(file).flags();
                long next = FileFlags.merged(wanted.getAsLong(), now);
                if (next != now) {
                    flags.set(file, next);
                }
            });
        }
    }

    /** The same of a name. */
    void setAt(Fd dir, RawName name, RawPath path, Metadata metadata, List<Lack> lacks) {
        OptionalLong wanted = wanted(metadata, path, lacks);
        if (wanted.isPresent() && wanted.getAsLong() != 0 && flags.isOfUse()) {
            Steps.attempt(Lack.Kind.ATTRIBUTES, path, lacks, () -> flags.setAt(dir, name, wanted.getAsLong()));
        }
    }

    /** None when the entry had none; empty, and lacking, when they cannot be set. */
    private OptionalLong wanted(Metadata metadata, RawPath path, List<Lack> lacks) {
        Optional<String> text = GenericAttributes.flags(metadata);
        if (text.isEmpty()) {
            return OptionalLong.of(0);
        }
        OptionalLong parsed = FileFlags.parse(text.get());
        if (parsed.isEmpty() || !flags.isOfUse()) {
            String why = parsed.isEmpty() ? "not all are known here" : "this system has none";
            lacks.add(new Lack(
                    Lack.Kind.ATTRIBUTES,
                    "cannot set the file flags of \"" + path + "\": " + why + "; the entry itself was restored"));
            return OptionalLong.empty();
        }
        return parsed;
    }
}

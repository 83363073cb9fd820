package cofre.testkit.zfs;

import cofre.path.RawPath;
import cofre.testkit.zfs.Edit.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What people and programs do, as sequences of system calls. */
final class EditHabits {
    private final EditScripts scripts;
    private final Random random;
    private final List<Runnable> habits;

    EditHabits(EditScripts scripts) {
        this.scripts = scripts;
        this.random = scripts.random();
        this.habits = List.of(
                this::make,
                this::make,
                this::makeDirectory,
                this::write,
                this::write,
                this::write,
                this::truncate,
                this::punch,
                this::extendSparsely,
                this::rename,
                this::rename,
                this::renameDirectory,
                this::renameOver,
                this::renameAwayAndBack,
                this::swap,
                this::otherCase,
                this::link,
                this::link,
                this::unlink,
                this::unlink,
                this::linkAndUnlinkFirst,
                this::linkElsewhereAndBack,
                this::removeTree,
                this::copyByLinksAndRemove,
                this::safeSave,
                this::replaceByAnotherKind,
                this::removeAndMakeAgain,
                this::metadata,
                this::metadata,
                this::metadata,
                this::xattr,
                this::xattr,
                this::unlinkWhileOpen,
                this::closeOne);
    }

    void any() {
        habits.get(random.nextInt(habits.size())).run();
    }

    void make() {
        RawPath at = scripts.somewhere();
        switch (random.nextInt(10)) {
            case 0 -> scripts.emit(Edit.of(Kind.SYMLINK, at, 0, 0, scripts.seed()));
            case 1 -> scripts.emit(Edit.of(Kind.FIFO, at));
            case 2 -> scripts.file().ifPresent(file -> scripts.emit(Edit.of(Kind.LINK, file, at)));
            default -> create(at);
        }
    }

    private boolean create(RawPath at) {
        return scripts.emit(Edit.of(Kind.CREATE, at, 0, scripts.size(), scripts.seed()));
    }

    private void makeDirectory() {
        scripts.emit(Edit.of(Kind.MKDIR, scripts.somewhere()));
    }

    private void write() {
        scripts.file()
                .ifPresent(file ->
                        scripts.emit(Edit.of(Kind.WRITE, file, scripts.size(), 1 + scripts.size(), scripts.seed())));
    }

    private void truncate() {
        scripts.file().ifPresent(file -> scripts.emit(Edit.of(Kind.TRUNCATE, file, scripts.size(), 0, 0)));
    }

    private void punch() {
        scripts.file()
                .ifPresent(file -> scripts.emit(Edit.of(Kind.PUNCH, file, scripts.size(), 1 + scripts.size(), 0)));
    }

    private void extendSparsely() {
        scripts.file().ifPresent(file -> {
            long size = 2 * scripts.size();
            scripts.emit(Edit.of(Kind.TRUNCATE, file, size, 0, 0));
            scripts.emit(Edit.of(Kind.WRITE, file, size + scripts.size(), 1 + random.nextInt(600), scripts.seed()));
        });
    }

    private void rename() {
        scripts.something().ifPresent(from -> scripts.emit(Edit.of(Kind.RENAME, from, scripts.somewhere())));
    }

    private void renameDirectory() {
        scripts.subdirectory().ifPresent(from -> scripts.emit(Edit.of(Kind.RENAME, from, scripts.somewhere())));
    }

    private void renameOver() {
        Optional<RawPath> from = scripts.file();
        Optional<RawPath> over = scripts.file();
        if (from.isPresent() && over.isPresent()) {
            scripts.emit(Edit.of(Kind.RENAME, from.get(), over.get()));
        }
    }

    private void renameAwayAndBack() {
        scripts.something().ifPresent(from -> {
            RawPath away = scripts.somewhere();
            if (scripts.emit(Edit.of(Kind.RENAME, from, away))) {
                scripts.emit(Edit.of(Kind.RENAME, away, from));
            }
        });
    }

    private void swap() {
        Optional<RawPath> one = scripts.something();
        Optional<RawPath> other = scripts.something();
        RawPath aside = scripts.somewhere();
        if (one.isPresent()
                && other.isPresent()
                && scripts.emit(Edit.of(Kind.RENAME, one.get(), aside))
                && scripts.emit(Edit.of(Kind.RENAME, other.get(), one.get()))) {
            scripts.emit(Edit.of(Kind.RENAME, aside, other.get()));
        }
    }

    private void otherCase() {
        scripts.something().ifPresent(from -> {
            RawPath above = new RawPath(from.names().subList(0, from.names().size() - 1));
            scripts.emit(Edit.of(Kind.RENAME, from, above.resolve(EditNames.otherCase(ModelLinks.nameOf(from)))));
        });
    }

    private void link() {
        scripts.file().ifPresent(file -> scripts.emit(Edit.of(Kind.LINK, file, scripts.somewhere())));
    }

    private void unlink() {
        scripts.file().ifPresent(file -> scripts.emit(Edit.of(Kind.UNLINK, file)));
    }

    /** Maildir: link to the new name, then unlink the old. */
    private void linkAndUnlinkFirst() {
        scripts.file().ifPresent(file -> {
            if (scripts.emit(Edit.of(Kind.LINK, file, scripts.somewhere()))) {
                scripts.emit(Edit.of(Kind.UNLINK, file));
            }
        });
    }

    /** The parent the file remembers is wrong from here on. */
    private void linkElsewhereAndBack() {
        scripts.file().ifPresent(file -> {
            RawPath elsewhere = scripts.somewhere();
            if (scripts.emit(Edit.of(Kind.LINK, file, elsewhere))) {
                scripts.emit(Edit.of(Kind.UNLINK, elsewhere));
            }
        });
    }

    private void removeTree() {
        if (random.nextInt(3) == 0) {
            scripts.subdirectory().ifPresent(this::removeTree);
        }
    }

    private void removeTree(RawPath directory) {
        List<RawPath> below = new ArrayList<>(scripts.below(directory));
        Collections.reverse(below);
        below.add(directory);
        below.forEach(p -> scripts.emit(Edit.of(scripts.isDirectory(p) ? Kind.RMDIR : Kind.UNLINK, p)));
    }

    /** {@code cp -al} of a tree, some work on one of the two, and {@code rm -r}: of the copy, the first, or neither. */
    private void copyByLinksAndRemove() {
        Optional<RawPath> from = scripts.subdirectory();
        RawPath to = scripts.somewhere();
        if (from.isEmpty() || to.startsWith(from.get()) || !scripts.emit(Edit.of(Kind.MKDIR, to))) {
            return;
        }
        for (RawPath path : scripts.below(from.get())) {
            RawPath copy = EditScripts.moved(path, from.get(), to);
            scripts.emit(scripts.isDirectory(path) ? Edit.of(Kind.MKDIR, copy) : Edit.of(Kind.LINK, path, copy));
        }
        switch (random.nextInt(4)) {
            case 0 -> removeTree(from.get());
            case 1 -> {}
            default -> removeTree(to);
        }
    }

    /** Office and vi: a new file, renamed over the old; now and then the old one is kept under another name. */
    private void safeSave() {
        scripts.file().ifPresent(file -> {
            RawPath temporary = scripts.somewhere();
            if (!create(temporary)) {
                return;
            }
            if (random.nextInt(3) == 0) {
                scripts.emit(Edit.of(Kind.RENAME, file, scripts.somewhere()));
            }
            scripts.emit(Edit.of(Kind.RENAME, temporary, file));
        });
    }

    private void replaceByAnotherKind() {
        scripts.something().ifPresent(path -> {
            boolean wasDirectory = scripts.isDirectory(path);
            removeTree(path);
            if (wasDirectory) {
                create(path);
            } else if (random.nextBoolean()) {
                scripts.emit(Edit.of(Kind.SYMLINK, path, 0, 0, scripts.seed()));
            } else if (scripts.emit(Edit.of(Kind.MKDIR, path))) {
                create(path.resolve(EditNames.any(random)));
            }
        });
    }

    /** With a transaction group between, the number may come back together with the name. */
    private void removeAndMakeAgain() {
        scripts.file().ifPresent(file -> {
            scripts.emit(Edit.of(Kind.UNLINK, file));
            scripts.emit(Edit.of(Kind.SYNC, RawPath.ROOT));
            create(file);
        });
    }

    private void metadata() {
        scripts.something().ifPresent(path -> {
            switch (random.nextInt(4)) {
                case 0 -> scripts.emit(Edit.of(Kind.CHMOD, path, random.nextInt(010000), 0, 0));
                case 1 -> scripts.emit(Edit.of(Kind.CHOWN, path, random.nextInt(3), random.nextInt(3), 0));
                case 2 -> scripts.emit(Edit.of(Kind.UTIMES, path, random.nextInt(2_000_000_000), 0, 0));
                default -> scripts.emit(Edit.of(Kind.ATIME, path));
            }
        });
    }

    private void xattr() {
        scripts.something().ifPresent(path -> {
            int which = random.nextInt(3);
            if (random.nextInt(3) == 0) {
                scripts.emit(Edit.of(Kind.REMOVE_XATTR, path, which, 0, 0));
            } else {
                long size = random.nextInt(5) == 0 ? random.nextInt(3000) : random.nextInt(60);
                scripts.emit(Edit.of(Kind.SET_XATTR, path, which, size, scripts.seed()));
            }
        });
    }

    private void unlinkWhileOpen() {
        scripts.file().ifPresent(file -> {
            if (scripts.emit(Edit.of(Kind.OPEN, file))) {
                scripts.emit(Edit.of(Kind.UNLINK, file));
                scripts.emit(Edit.of(Kind.WRITE_OPEN, RawPath.ROOT, scripts.size(), 10, scripts.seed()));
            }
        });
    }

    private void closeOne() {
        scripts.emit(Edit.of(Kind.CLOSE, RawPath.ROOT));
    }
}

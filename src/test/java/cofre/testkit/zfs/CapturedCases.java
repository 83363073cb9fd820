package cofre.testkit.zfs;

import cofre.format.NodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The cases {@code zfs diff} of OpenZFS 2.3.9 was captured with (resource {@code zfs/diff-xattr-sa.txt}): one directory
 * each, one part done before the first snapshot and one between the two.
 */
final class CapturedCases {
    /** One case. */
    record Case(String name, Consumer<Tree> before, Consumer<Tree> between) {}

    private static final List<String> ODD = List.of(
            "sp ace",
            "new\nline",
            "tab\tname",
            "cr\rname",
            "back\\slash",
            "\u00c3\u00a1\u00c3\u00a7\u00c3\u00a3o",
            "nfd-a\u00cc\u0081",
            "emoji\u00f0\u009f\u0098\u0080",
            "bad\u00ff\u00fe",
            "latin\u00e1",
            "quote'\"",
            "pct%41",
            "oct\\0040x",
            " lead",
            "trail ",
            "-dash",
            "arrow -> x",
            "ctl\u0001\u001f",
            "del\u007f",
            "nul-like\\0",
            "*?[x]$`!#&;|<>",
            "L".repeat(255));

    private final List<Case> cases = new ArrayList<>();

    private CapturedCases() {}

    static List<Case> all() {
        CapturedCases all = new CapturedCases();
        all.odd();
        all.hardLinks();
        all.kinds();
        all.renames();
        all.renamedDirectories();
        all.metadata();
        all.replacements();
        all.contents();
        all.unlinkedOpen();
        return all.cases;
    }

    private void add(String name, Consumer<Tree> before, Consumer<Tree> between) {
        cases.add(new Case(name, before, between));
    }

    private void odd() {
        Consumer<Tree> make = t -> ODD.forEach(t::file);
        add("01-odd-new", t -> {}, make);
        add("02-odd-modified", make, t -> ODD.forEach(t::append));
        add("03-odd-removed", make, t -> ODD.forEach(t::remove));
        add(
                "04-odd-renamed",
                make,
                t -> ODD.forEach(n -> t.rename(n, "R" + n.substring(0, Math.min(254, n.length())))));
    }

    private void hardLinks() {
        Consumer<Tree> both = t -> {
            t.file("a");
            t.link("a", "b");
        };
        Consumer<Tree> apart = t -> {
            t.dir("d1", "d2");
            t.file("d1/a");
            t.link("d1/a", "d2/b");
        };
        add("10-hl-modified-via-b", apart, t -> t.append("d2/b"));
        add("11-hl-link-added", t -> t.file("a"), t -> t.link("a", "b"));
        add("12-hl-first-removed", both, t -> t.remove("a"));
        add("13-hl-second-removed", both, t -> t.remove("b"));
        add("14-hl-first-renamed", both, t -> t.rename("a", "c"));
        add("15-hl-second-renamed", both, t -> t.rename("b", "c"));
        add("16-hl-new-with-2-links", t -> {}, both);
        add("17-hl-2-dirs-first-removed-and-modified", apart, t -> {
            t.append("d2/b");
            t.remove("d1/a");
        });
        add("18-hl-both-links-in-2-dirs-removed", apart, t -> t.remove("d1/a", "d2/b"));
        add("19-hl-3-links-middle-removed", both.andThen(t -> t.link("a", "c")), t -> t.remove("b"));
        add("1A-hl-other-link-replaced-by-new-file", both, t -> {
            t.remove("b");
            t.file("b");
        });
    }

    private void kinds() {
        add("20-symlink-new-retarget-rename", t -> List.of("re", "mv", "rm").forEach(n -> t.symlink(n, "x")), t -> {
            t.symlink("new", "tgt \u00c3\u00a1");
            t.remove("re");
            t.symlink("re", "y");
            t.rename("mv", "mv2");
            t.remove("rm");
        });
        add("21-special-new", t -> {}, t -> {
            t.node("fifo", NodeType.FIFO);
            t.node("sock", NodeType.SOCKET);
            t.node("chr", NodeType.CHAR_DEVICE);
            t.node("blk", NodeType.BLOCK_DEVICE);
        });
        add(
                "22-special-removed",
                t -> {
                    t.node("fifo", NodeType.FIFO);
                    t.node("chr", NodeType.CHAR_DEVICE);
                },
                t -> t.remove("fifo", "chr"));
    }

    private void renames() {
        add("30-rename-file", t -> t.file("a"), t -> t.rename("a", "b"));
        add("31-rename-file-and-modify", t -> t.file("a"), t -> {
            t.rename("a", "b");
            t.append("b");
        });
        add(
                "32-move-file-other-dir",
                t -> {
                    t.dir("d1", "d2");
                    t.file("d1/a");
                },
                t -> t.rename("d1/a", "d2/a"));
        Consumer<Tree> two = t -> {
            t.file("a");
            t.file("b");
        };
        add("38-rename-over-existing", two, t -> t.rename("a", "b"));
        add("39-swap-names", two, CapturedCases::swap);
        add("3A-rename-away-and-back", t -> t.file("a"), t -> {
            t.rename("a", "b");
            t.rename("b", "a");
        });
        add("3C-safe-save-editor", t -> t.file("doc"), t -> {
            t.file("tmp", "new");
            t.rename("tmp", "doc");
        });
    }

    private static void swap(Tree t) {
        t.rename("a", "t");
        t.rename("b", "a");
        t.rename("t", "b");
    }

    private void renamedDirectories() {
        Consumer<Tree> dir = t -> t.tree("dir");
        Consumer<Tree> move = t -> t.rename("dir", "dir2");
        add("33-rename-dir-children-untouched", dir, move);
        add("34-rename-dir-child-modified", dir, move.andThen(t -> t.append("dir2/sub/f2")));
        add("35-rename-dir-child-renamed", dir, move.andThen(t -> t.rename("dir2/sub/f2", "dir2/sub/f2x")));
        add("36-rename-dir-child-added-removed", dir, move.andThen(t -> {
            t.file("dir2/sub/new");
            t.remove("dir2/f1");
        }));
        add("37-rename-parent-and-subdir", dir, t -> {
            t.rename("dir/sub", "dir/sub2");
            t.rename("dir", "dir2");
        });
        add(
                "3B-swap-dirs",
                t -> {
                    t.tree("a");
                    t.tree("b");
                },
                CapturedCases::swap);
        add(
                "3D-dir-moved-into-dir",
                t -> {
                    t.tree("a");
                    t.dir("b");
                },
                t -> t.rename("a", "b/a"));
    }

    private void metadata() {
        Consumer<Tree> pair = t -> {
            t.file("f");
            t.dir("dir");
        };
        Consumer<Tree> marked = t -> {
            t.file("f");
            t.xattr("f", "1");
        };
        add("40-chmod-only", pair, t -> {
            t.chmod("f", 0600);
            t.chmod("dir", 0700);
        });
        add("41-chown-only", t -> t.file("f"), t -> t.chown("f"));
        add("42-utime-only", t -> t.file("f"), t -> t.utime("f", 1));
        add("43-atime-only", pair, t -> {
            t.atime("f");
            t.atime("dir");
        });
        add("44-xattr-small-added", pair, t -> {
            t.xattr("f", "1");
            t.xattr("dir", "1");
        });
        add("45-xattr-changed", marked, t -> t.xattr("f", "2"));
        add("46-xattr-big-added", t -> t.file("f"), t -> t.xattr("f", "z".repeat(20000)));
        add("47-xattr-removed", marked, t -> t.noXattr("f"));
        add("48-acl-only", pair, t -> {
            t.xattr("f", "system.posix_acl_access");
            t.xattr("dir", "system.posix_acl_default");
        });
        add("49-file-with-xattr-removed", marked, t -> t.remove("f"));
        add("4A-new-file-with-xattr", t -> {}, marked);
    }

    private void replacements() {
        Consumer<Tree> one = t -> t.file("f", "old");
        Consumer<Tree> gone = t -> t.remove("f");
        add("50-delete-recreate-same-name", one, gone.andThen(t -> t.file("f", "new")));
        add("51-file-to-dir", one, gone.andThen(t -> {
            t.dir("f");
            t.file("f/in");
        }));
        add(
                "52-dir-to-file",
                t -> {
                    t.dir("f");
                    t.file("f/in");
                },
                t -> {
                    t.remove("f/in");
                    t.rmdir("f");
                    t.file("f");
                });
        add("53-file-to-symlink", one, gone.andThen(t -> t.symlink("f", "elsewhere")));
        add("54-created-and-deleted-between", t -> {}, one.andThen(gone));
        add("59-tree-removed", t -> t.tree("dir"), t -> {
            t.remove("dir/f1", "dir/sub/f2", "dir/sub/deep/f3");
            t.rmdir("dir/sub/deep", "dir/sub", "dir");
        });
        add("5A-tree-new", t -> {}, t -> t.tree("dir"));
        add("70-untouched", t -> t.tree("dir"), t -> {});
        add("71-dir-entry-added-and-removed", t -> t.dir("dir"), t -> {
            t.file("dir/t");
            t.remove("dir/t");
        });
    }

    private void contents() {
        Consumer<Tree> big = t -> t.file("f", "x".repeat(1_000_000));
        add("55-truncate", big, t -> t.truncate("f", 10));
        add("56-same-bytes-rewritten", t -> t.file("f", "y".repeat(300_000)), t -> t.overwrite("f", 300_000));
        add("57-open-rw-no-write", t -> t.file("f"), t -> t.close(t.open("f")));
        add(
                "58-same-size-same-mtime-content-changed",
                t -> {
                    t.file("f", "aaaa");
                    t.utime("f", 1000);
                },
                t -> {
                    t.rewrite("f", "bbbb");
                    t.utime("f", 1000);
                });
        add("5B-hole-punched", big, t -> t.punch("f", 131072, 262144));
        add(
                "5C-sparse-extended",
                t -> {
                    t.file("f");
                    t.truncate("f", 1L << 30);
                },
                t -> t.truncate("f", 1L << 31));
        add("65-mmap-write", t -> t.file("f", "x".repeat(8192)), t -> t.overwrite("f", 5000));
    }

    private void unlinkedOpen() {
        long[] open = new long[4];
        add(
                "60-unlinked-open-before-1",
                t -> {
                    t.file("f");
                    open[0] = t.open("f");
                    t.remove("f");
                },
                t -> t.writeOpen(open[0]));
        add("61-unlinked-open-between", t -> t.file("f"), t -> {
            t.writeOpen(t.open("f"));
            t.remove("f");
        });
        add("62-new-unlinked-open", t -> {}, t -> {
            t.file("f");
            t.open("f");
            t.remove("f");
        });
        add(
                "63-unlinked-open-before-1-closed-between",
                t -> {
                    t.file("f", "x".repeat(200_000));
                    open[1] = t.open("f");
                    t.remove("f");
                },
                t -> t.close(open[1]));
    }
}

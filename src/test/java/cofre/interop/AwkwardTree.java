package cofre.interop;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.format.NodeType;
import cofre.path.RawName;
import cofre.source.SourceDir;
import cofre.source.SourceEntry;
import cofre.source.SourceFile;
import cofre.source.SourceStat;
import cofre.testkit.MemoryNode;
import cofre.testkit.StoreBytes;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A tree with everything a file server holds that breaks backup programs, and the comparison of two trees. */
final class AwkwardTree {
    private AwkwardTree() {}

    static void fill(MemoryNode root) {
        names(root);
        root.file(RawName.ofText("big"), StoreBytes.random(9 << 20, 11))
                .mode(0600)
                .owner(1234, 4321);
        root.file(RawName.ofText("zeros"), new byte[3 << 20]);
        root.file("text", "the same line again\n".repeat(50_000))
                .mtime(Instant.parse("1999-12-31T23:59:59.123456789Z"));
        root.file("program", "#!/bin/sh\n").mode(06755);
        root.link("again", root.child("program"));
        root.file("xattrs", "x")
                .xattr("user.one", new byte[] {0, 1, (byte) 0xff})
                .xattr("user.none", new byte[0]);
        root.symlink("link", "../nowhere/\u00e7");
        root.special("fifo", NodeType.FIFO).mode(0620);
        root.device("null", NodeType.CHAR_DEVICE, 0x103);
        root.special("socket", NodeType.SOCKET);
        root.dir("empty dir").mode(01777);
        MemoryNode deep = root;
        for (int i = 0; i < 60; i++) {
            deep = deep.dir("level " + i);
        }
        deep.file("bottom", "here");
        MemoryNode wide = root.dir("wide");
        for (int i = 0; i < 3000; i++) {
            wide.file("file " + i, "content " + i % 100);
        }
    }

    private static void names(MemoryNode root) {
        for (String name : List.of(
                " ",
                "a b",
                "tab\tnewline\n",
                "back\\slash",
                "\"quoted\"",
                "%s%n",
                "-rf",
                "~",
                "*?[x]",
                "\u00e1\u00e7\u00e3o",
                "\uD83D\uDE00",
                "\u00a0\u00ad\u2028",
                "\u0001\u007f",
                "<&>",
                "x".repeat(255),
                "NUL",
                "...")) {
            root.file(name, "named " + name);
        }
        root.file(RawName.of(new byte[] {(byte) 0xff, (byte) 0xfe, 'x'}), new byte[] {1});
        root.file(RawName.of(new byte[] {'l', (byte) 0xe9}), new byte[] {2});
        root.dir(RawName.of(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})).file("in", "surrogate");
    }

    /** Fails unless both trees are the same in everything restic keeps. */
    static void assertSame(SourceDir expected, SourceDir actual, String path) throws Exception {
        try (expected;
                actual) {
            List<SourceEntry> wanted = sorted(expected);
            List<SourceEntry> got = sorted(actual);
            assertThat(got.stream().map(SourceEntry::name).toList())
                    .as("names in %s", path)
                    .isEqualTo(wanted.stream().map(SourceEntry::name).toList());
            for (int i = 0; i < wanted.size(); i++) {
                same(
                        expected,
                        actual,
                        wanted.get(i),
                        got.get(i),
                        path + "/" + wanted.get(i).name());
            }
        }
    }

    private static List<SourceEntry> sorted(SourceDir dir) throws Exception {
        return dir.list().stream()
                .filter(entry -> entry.stat().orElseThrow().type() != NodeType.SOCKET)
                .sorted(Comparator.comparing(SourceEntry::name))
                .toList();
    }

    private static void same(SourceDir above, SourceDir other, SourceEntry wanted, SourceEntry got, String path)
            throws Exception {
        SourceStat want = wanted.stat().orElseThrow();
        SourceStat have = got.stat().orElseThrow();
        RawName name = wanted.name();
        assertThat(have.type()).as(path).isEqualTo(want.type());
        assertThat(have.uid()).as(path).isEqualTo(want.uid());
        assertThat(have.gid()).as(path).isEqualTo(want.gid());
        assertThat(have.mtime()).as(path).isEqualTo(want.mtime());
        if (want.type() != NodeType.SYMLINK) {
            assertThat(Integer.toOctalString(have.mode())).as(path).isEqualTo(Integer.toOctalString(want.mode()));
            assertThat(other.xattrs(name)).as(path).isEqualTo(above.xattrs(name));
        }
        switch (want.type()) {
            case DIR -> assertSame(above.enter(name), other.enter(name), path);
            case FILE -> {
                assertThat(content(other, name)).as(path).isEqualTo(content(above, name));
                assertThat(have.links()).as(path).isEqualTo(want.links());
            }
            case SYMLINK -> assertThat(other.readLink(name)).as(path).isEqualTo(above.readLink(name));
            default -> assertThat(have.device()).as(path).isEqualTo(want.device());
        }
    }

    private static byte[] content(SourceDir dir, RawName name) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 16];
        try (SourceFile file = dir.open(name)) {
            for (int n = file.read(part, 0, part.length); n >= 0; n = file.read(part, 0, part.length)) {
                out.write(part, 0, n);
            }
        }
        return out.toByteArray();
    }
}

package cofre.browse;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.acl.Caller;
import cofre.acl.Control;
import cofre.acl.PosixAcl;
import cofre.acl.Rights;
import cofre.acl.Want;
import cofre.format.RightsModel;
import cofre.path.RawName;
import cofre.path.RawPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionTest {
    private static final Caller ROOT = new Caller(0, Set.of(0L));
    private static final Caller ALICE = new Caller(1001, Set.of(1001L));
    private static final Caller BOB = new Caller(1002, Set.of(1002L, 50L));

    @TempDir
    Path temp;

    private World world;

    @BeforeEach
    void make() throws Exception {
        world = new World(temp);
        world.live.file("open", "x").mode(0644);
        world.live.file("closed", "x").mode(0600);
        world.live.dir("private").mode(0700).file("open", "x").mode(0644);
        world.live.file("acl", "x").mode(0644).xattr("system.posix_acl_access", denyingBob());
        world.live.file("broken", "x").mode(0644).xattr("system.posix_acl_access", new byte[] {1, 2, 3});
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static byte[] denyingBob() {
        return new PosixAcl(List.of(
                        new PosixAcl.Entry(PosixAcl.Tag.OWNER, 0, 6),
                        new PosixAcl.Entry(PosixAcl.Tag.USER, 1002, 0),
                        new PosixAcl.Entry(PosixAcl.Tag.OWNING_GROUP, 0, 4),
                        new PosixAcl.Entry(PosixAcl.Tag.MASK, 0, 4),
                        new PosixAcl.Entry(PosixAcl.Tag.OTHER, 0, 4)))
                .xattr();
    }

    private boolean may(Caller caller, Version version, String path) throws BrowseException {
        return world.tree().permits(caller, world.at(version, path), Want.READ);
    }

    @Test
    void theRightsOfThenDecideOverTheWholeWay() throws Exception {
        Version version = world.backUp();
        world.showReady();
        assertThat(may(BOB, version, "open")).isTrue();
        assertThat(may(BOB, version, "closed")).isFalse();
        assertThat(may(BOB, version, "private/open")).isFalse();
        assertThat(may(BOB, version, "acl")).isFalse();
        assertThat(may(BOB, version, "broken")).isFalse();
        for (String path : List.of("open", "closed", "private/open", "acl", "broken")) {
            assertThat(may(ALICE, version, path)).as(path).isTrue();
            assertThat(may(ROOT, version, path)).as(path).isTrue();
        }
    }

    @Test
    void rightsNobodyKnowsLetInOwnerAndRoot() throws Exception {
        world.backUp();
        Version version = world.as(RightsModel.NONE);
        world.showReady();
        assertThat(may(BOB, version, "open")).isFalse();
        assertThat(may(ALICE, version, "open")).isTrue();
        assertThat(may(ROOT, version, "open")).isTrue();
    }

    @Test
    void aPosixAclWhereNfs4WasKeptIsAContradiction() throws Exception {
        world.backUp();
        Version version = world.as(RightsModel.NFS4);
        world.showReady();
        assertThat(may(BOB, version, "open")).isTrue();
        assertThat(may(BOB, version, "closed")).isFalse();
        assertThat(may(BOB, version, "acl")).isFalse();
    }

    @Test
    void aSharesGroupShutsOutAllOthers() throws Exception {
        Version version = world.backUp();
        world.showReady();
        world.tree().show(World.SHARE, world.versions, OptionalLong.of(50));
        assertThat(may(BOB, version, "open")).isTrue();
        assertThat(may(ALICE, version, "open")).isFalse();
        assertThat(may(ROOT, version, "open")).isTrue();
        Spot share = world.root(version).parent().orElseThrow();
        assertThat(world.tree().permits(ALICE, share, Want.SEARCH)).isFalse();
        assertThat(world.tree().permits(BOB, share, Want.SEARCH)).isTrue();
    }

    @Test
    void whatIsShutNowStaysShutWhereBothCount() throws Exception {
        Version version = world.backUp();
        world.showReady();
        FakeLive live = new FakeLive();
        world.liveRights = live;
        live.put("", dir(0755));
        live.put("open", file(0600));
        assertThat(may(BOB, version, "open")).isFalse();
        assertThat(may(ALICE, version, "open")).isTrue();
        live.put("open", file(0644));
        assertThat(may(BOB, version, "open")).isTrue();
        live.put("closed", file(0644));
        assertThat(may(BOB, version, "closed")).as("opened since").isFalse();
        live.put("", dir(0700));
        assertThat(may(BOB, version, "open")).isFalse();
        assertThat(may(ROOT, version, "open")).isTrue();
    }

    @Test
    void whatIsGoneIsSeenByWhomeverMayLookWhereItWas() throws Exception {
        world.live.dir("old").dir("older").file("x", "x");
        Version version = world.backUp();
        world.showReady();
        FakeLive live = new FakeLive();
        world.liveRights = live;
        live.put("", dir(0755));
        assertThat(may(BOB, version, "open")).isTrue();
        assertThat(may(BOB, version, "old/older/x")).isTrue();
        live.put("old", dir(0711));
        assertThat(may(BOB, version, "old/older/x"))
                .as("may not look into the nearest")
                .isFalse();
        live.put("old", dir(0755));
        assertThat(may(BOB, version, "old/older/x")).isTrue();
    }

    @Test
    void rightsWindowsHasChangedAndErrorsLetNobodyIn() throws Exception {
        world.live.file("windows", "x").mode(0644).xattr("security.NTACL", new byte[] {1});
        Version version = world.backUp();
        world.showReady();
        FakeLive live = new FakeLive();
        world.liveRights = live;
        live.put("", dir(0755));
        live.put("windows", file(0644));
        live.put("open", file(0644));
        live.windows = Optional.of(new byte[] {1});
        assertThat(may(BOB, version, "windows")).isTrue();
        assertThat(may(BOB, version, "open")).as("had none then").isFalse();
        live.windows = Optional.of(new byte[] {2});
        assertThat(may(BOB, version, "windows")).isFalse();
        live.windows = Optional.empty();
        assertThat(may(BOB, version, "windows")).isFalse();
        assertThat(may(BOB, version, "open")).isTrue();
        live.broken = true;
        assertThat(may(BOB, version, "open")).isFalse();
        assertThat(may(ROOT, version, "open")).isTrue();
    }

    private static Rights dir(int mode) {
        return new Rights(1001, 1001, mode, true, Control.MODE_ONLY);
    }

    private static Rights file(int mode) {
        return new Rights(1001, 1001, mode, false, Control.MODE_ONLY);
    }

    /** A live share whose rights a test sets, by path. */
    private static final class FakeLive implements LiveShare {
        private final Map<RawPath, Rights> there = new HashMap<>();
        private Optional<byte[]> windows = Optional.empty();
        private boolean broken;

        void put(String path, Rights rights) {
            there.put(RawPath.ofDisplay(path), rights);
        }

        @Override
        public boolean counts(String share) {
            return share.equals(World.SHARE);
        }

        @Override
        public Way way(String share, RawPath path) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            List<Rights> rights = new ArrayList<>(List.of(there.get(RawPath.ROOT)));
            RawPath at = RawPath.ROOT;
            for (RawName name : path.names()) {
                at = at.resolve(name);
                if (!there.containsKey(at)) {
                    break;
                }
                rights.add(there.get(at));
            }
            return new Way(rights, windows);
        }
    }
}

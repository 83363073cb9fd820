package cofre.backup;

import static org.assertj.core.api.Assertions.assertThat;

import cofre.backup.Detection.Method;
import cofre.path.RawPath;
import cofre.testkit.StoreBytes;
import cofre.testkit.zfs.AccessCounts;
import cofre.testkit.zfs.ModelDataset;
import cofre.testkit.zfs.ModelSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run asks of the file system grows with what changed, not with what there is. */
@Timeout(120)
class IncrementalCostTest {
    private static final int DIRECTORIES = 40;
    private static final int FILES = 50;
    private static final int BIG = 20 << 20;

    @TempDir
    Path dir;

    private IncrementalWorld world;
    private ModelDataset files;

    private void begin() throws Exception {
        world = new IncrementalWorld(dir.resolve("w"), ModelSettings.USUAL, "/tank/s");
        files = world.dataset.files();
    }

    private static RawPath path(String text) {
        return RawPath.ofDisplay(text);
    }

    private void manyFiles() throws Exception {
        begin();
        for (int d = 0; d < DIRECTORIES; d++) {
            files.mkdir(path("/d" + d));
            for (int f = 0; f < FILES; f++) {
                files.create(path("/d" + d + "/f" + f), new byte[] {(byte) f});
            }
        }
        firstPoint();
    }

    /** Things are older than their point: what changed right before a snapshot is looked at once more. */
    private void firstPoint() throws Exception {
        world.clock.advance(Duration.ofHours(1));
        world.run();
        world.clock.advance(Duration.ofHours(1));
    }

    /** What a run asks; its point is right, and what it reports of itself is what was asked. */
    private AccessCounts asked(BackupReport report) throws Exception {
        assertThat(report.detection().method()).as(report.detection().why()).isEqualTo(Method.STREAM);
        AccessCounts counts = world.dataset.files(world.lastView()).counts();
        assertThat(report.bytesRead()).isEqualTo(counts.bytes());
        // The root is opened once more, to ask whose rights its entries have.
        assertThat(report.dirsVisited() + 1).isEqualTo(counts.enters());
        return counts;
    }

    private BackupReport judgedAfter(BackupReport report) throws Exception {
        return world.judge(report); // the judge walks, which counts
    }

    @Test
    void fiveChangedFilesOfTwoThousandCostFiveLooks() throws Exception {
        manyFiles();
        for (int i = 0; i < 5; i++) {
            files.write(path("/d" + i * 7 + "/f3"), 0, new byte[] {99});
        }
        BackupReport report = world.run();
        AccessCounts counts = asked(report);
        assertThat(counts.lists()).isZero();
        assertThat(counts.opens()).isEqualTo(5);
        assertThat(counts.enters()).isEqualTo(6 + 1);
        assertThat(counts.looks()).as("%s", counts).isLessThanOrEqualTo(5 + 5 + 5 + 1); // opened, entered, the root
        assertThat(report.looks()).isLessThanOrEqualTo(10);
        judgedAfter(report);
    }

    @Test
    void aNewAndARemovedFileCostTheListOfTheirDirectory() throws Exception {
        manyFiles();
        files.create(path("/d3/new"), new byte[] {1});
        files.unlink(path("/d4/f1"));
        BackupReport report = world.run();
        AccessCounts counts = asked(report);
        assertThat(counts.opens()).isEqualTo(1);
        assertThat(counts.names()).isLessThanOrEqualTo(3);
        assertThat(counts.lists()).isZero();
        assertThat(counts.looks()).as("%s", counts).isLessThanOrEqualTo(8);
        judgedAfter(report);
    }

    @Test
    void nothingChangedCostsTheRoot() throws Exception {
        manyFiles();
        BackupReport report = world.run();
        AccessCounts counts = asked(report);
        assertThat(counts.opens()).isZero();
        assertThat(counts.enters()).isEqualTo(1 + 1);
        assertThat(counts.looks()).isLessThanOrEqualTo(2);
        assertThat(report.summary().treeBlobs()).isZero();
        judgedAfter(report);
    }

    @Test
    void aRenamedDirectoryIsTakenOverWhole() throws Exception {
        begin();
        files.mkdir(path("/a"));
        files.mkdir(path("/a/sub"));
        for (int f = 0; f < 1000; f++) {
            files.create(path((f % 2 == 0 ? "/a/f" : "/a/sub/f") + f), new byte[] {(byte) f});
        }
        files.mkdir(path("/b"));
        firstPoint();
        files.rename(path("/a"), path("/b/elsewhere"));
        BackupReport report = world.run();
        AccessCounts counts = asked(report);
        assertThat(counts.opens()).isZero();
        assertThat(counts.lists()).isZero();
        assertThat(counts.looks()).as("%s", counts).isLessThanOrEqualTo(6);
        judgedAfter(report);
    }

    @Test
    void aRenamedFileIsNotRead() throws Exception {
        begin();
        files.mkdir(path("/b"));
        files.create(path("/big"), StoreBytes.random(BIG, 4));
        firstPoint();
        files.rename(path("/big"), path("/b/big"));
        files.write(path("/b/big"), BIG / 2, new byte[] {1, 2, 3});
        BackupReport report = world.run();
        assertThat(asked(report).bytes()).isLessThan(BIG / 3);
        judgedAfter(report);
    }

    @Test
    void threePlacesOfABigFileAreReadAround() throws Exception {
        begin();
        files.create(path("/big"), StoreBytes.random(5 * BIG, 4));
        firstPoint();
        for (int i = 1; i <= 3; i++) {
            files.write(path("/big"), (i * 25L) << 20, StoreBytes.random(4096, i));
        }
        BackupReport report = world.run();
        AccessCounts counts = asked(report);
        assertThat(counts.bytes()).as("about three chunks").isPositive().isLessThan(5 * BIG / 5);
        judgedAfter(report);
    }
}

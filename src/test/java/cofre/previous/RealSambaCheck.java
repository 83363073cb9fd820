package cofre.previous;

import cofre.path.RawPath;
import cofre.posix.Posix;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lets a shell scenario with a real smbd use this room. Not run by the build: it needs Samba.
 *
 * <pre>
 * RealSambaCheck farm DIR [SECONDS TARGET]...
 * RealSambaCheck lines SHARE PATH DIR
 * RealSambaCheck check TESTPARM SMB.CONF SHARE PATH DIR
 * </pre>
 */
public final class RealSambaCheck {
    private RealSambaCheck() {}

    /** Status 0 when all is well, 1 when {@code check} found something, which it prints. */
    public static void main(String[] args) throws Exception {
        List<String> found = switch (args[0]) {
            case "farm" -> farm(args);
            case "lines" -> print(advice(args, 1).lines(Optional.empty()));
            case "check" ->
                print(advice(args, 3)
                        .check(new TestparmCommand(
                                        Path.of(args[1]), Optional.of(Path.of(args[2])), Duration.ofSeconds(60))
                                .read()));
            default -> throw new IllegalArgumentException(args[0]);
        };
        System.exit(args[0].equals("check") && !found.isEmpty() ? 1 : 0);
    }

    private static List<String> farm(String[] args) throws PreviousException {
        List<PreviousVersion> versions = new ArrayList<>();
        for (int i = 2; i < args.length; i += 2) {
            versions.add(new PreviousVersion(
                    Instant.ofEpochSecond(Long.parseLong(args[i])), RawPath.ofDisplay(args[i + 1])));
        }
        Farm farm = new Farm(
                Posix.load(System::nanoTime), RawPath.ofDisplay(args[1]), OptionalLong.empty(), Thinning.MAX_CAP);
        System.err.println(farm.update(versions));
        farm.obstacle().ifPresent(System.err::println);
        return List.of();
    }

    private static SambaAdvice advice(String[] args, int at) {
        return new SambaAdvice(
                new SambaShare(args[at], RawPath.ofDisplay(args[at + 1]), RawPath.ofDisplay(args[at + 2])));
    }

    private static List<String> print(List<String> lines) {
        lines.forEach(System.out::println);
        return lines;
    }
}

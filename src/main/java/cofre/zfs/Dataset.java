package cofre.zfs;

import cofre.path.RawPath;
import java.util.Optional;

/**
 * A dataset as {@code zfs list} shows it.
 *
 * @param name its name now
 * @param guid what identifies it for ever, in decimal
 * @param type {@code filesystem} or {@code volume}
 * @param mounted whether it is mounted
 * @param encryption {@code off} or the cipher
 * @param keyStatus {@code available}, {@code unavailable}, or {@code -} when not encrypted
 * @param canMount {@code on}, {@code off}, {@code noauto}, or {@code -}
 * @param snapDir {@code hidden}, {@code visible} or {@code disabled}, or {@code -}
 * @param readOnly whether it is mounted read-only
 * @param xattrSetting where extended attributes are kept: {@code sa}, {@code on} or {@code dir}, {@code off}
 * @param mountSetting zfs(8)'s setting of where to mount it, as text for people: a path, {@code legacy}, {@code none}, {@code -}
 * @param mountPoint where it is mounted, when the property is a path
 */
public record Dataset(
        String name,
        String guid,
        String type,
        boolean mounted,
        String encryption,
        String keyStatus,
        String canMount,
        String snapDir,
        boolean readOnly,
        String xattrSetting,
        String mountSetting,
        Optional<RawPath> mountPoint) {
    /** Whether it is a file system: only those hold shares. */
    public boolean isFileSystem() {
        return type.equals("filesystem");
    }

    /** Whether it is encrypted and its key is not loaded. */
    public boolean isLocked() {
        return keyStatus.equals("unavailable");
    }

    /** Name of the pool it is in. */
    public String pool() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}

package cofre.config;

import java.util.regex.Pattern;

/** What names may look like. */
final class Names {
    static final String REPOSITORY = "a name of up to 64 letters, digits, . _ - that begins with a letter or digit";
    static final String SHARE =
            "a share name of up to 80 letters, digits, spaces, . _ - $ that begins with a letter or digit";
    static final String DATASET = "a dataset such as tank/obras";
    static final String GROUP = "the name of a group";

    private static final Pattern REPOSITORY_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    /** 80 is SMB's limit; what smb.conf forbids in names is forbidden here as well. */
    private static final Pattern SHARE_NAME =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} ._$-]{0,78}[\\p{L}\\p{M}\\p{N}._$-]?");
    /** zfs(8): letters, digits, space and _ - : . in each component. */
    private static final Pattern DATASET_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9 _.:-]*(/[A-Za-z0-9 _.:-]+)*");

    private static final Pattern GROUP_NAME = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.$-]{0,63}");
    private static final int MAX_DATASET = 255;

    private Names() {}

    static boolean isRepository(String name) {
        return REPOSITORY_NAME.matcher(name).matches();
    }

    static boolean isShare(String name) {
        return SHARE_NAME.matcher(name).matches();
    }

    static boolean isDataset(String name) {
        return name.length() <= MAX_DATASET && DATASET_NAME.matcher(name).matches();
    }

    static boolean isGroup(String name) {
        return GROUP_NAME.matcher(name).matches();
    }
}

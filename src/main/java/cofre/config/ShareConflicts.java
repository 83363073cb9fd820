package cofre.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds shares that get in each other's way. */
final class ShareConflicts {
    private ShareConflicts() {}

    static void find(Map<String, ShareSettings> shares, Faults faults) {
        Map<String, String> names = new HashMap<>();
        Map<Object, String> sources = new HashMap<>();
        Map<Object, String> farms = new HashMap<>();
        shares.forEach((name, share) -> {
            String twin = names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (twin != null) {
                faults.add(
                        List.of("share", name),
                        "the same name as share." + twin,
                        "a name of its own: SMB ignores case");
            }
            String sameSource = sources.putIfAbsent(share.source(), name);
            if (sameSource != null) {
                faults.add(List.of("share", name), "the same source as share." + sameSource, "a source of its own");
            }
            if (share.previousVersions().enabled()) {
                String sameFarm = farms.putIfAbsent(share.previousVersions().farmDir(), name);
                if (sameFarm != null) {
                    String expected = "a directory of its own, not that of share." + sameFarm;
                    faults.add(List.of("share", name, "farm_dir"), "a farm in use", expected);
                }
            }
        });
    }
}

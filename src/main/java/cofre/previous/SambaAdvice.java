package cofre.previous;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What belongs into smb.conf for a share's previous versions, and whether it is there. Pure; changes nothing. */
public final class SambaAdvice {
    private static final String MODULE = "shadow_copy2";

    /** Modules that answer the same question in another way: with one of them ours would not be asked, or asked twice. */
    private static final List<String> RIVALS = List.of("shadow_copy", "shadow_copy_zfs", "shadow_copy2_zfs", "snapper");

    private final SambaShare share;

    /** Advice for one share. */
    public SambaAdvice(SambaShare share) {
        this.share = share;
    }

    /**
     * The section's lines, exactly as they belong into smb.conf.
     *
     * @param running the configuration as it is; its VFS modules (acl_xattr, streams_xattr, zfsacl…) are kept
     */
    public List<String> lines(Optional<SmbConf> running) {
        List<String> lines = new ArrayList<>();
        lines.add("[" + share.name() + "]");
        lines.add("    path = " + share.pathText());
        lines.add("    vfs objects = " + String.join(" ", modules(running)));
        wanted().forEach(w -> lines.add("    " + w.parameter + " = " + w.value));
        return List.copyOf(lines);
    }

    /**
     * What is wrong with the share in the configuration as it is: one sentence each, with what to do. Empty when previous
     * versions will be shown.
     */
    public List<String> check(SmbConf running) {
        if (!running.hasShare(share.name())) {
            String there = running.shareNames().isEmpty() ? "none" : String.join(", ", running.shareNames());
            return List.of(
                    "cannot find share [" + share.name() + "] in smb.conf: the shares are " + there
                            + " vs that one; correct the share's name in cofre's configuration, or add the section to smb.conf");
        }
        List<String> findings = new ArrayList<>();
        checkPath(running, findings);
        checkModules(running, findings);
        for (Parameter wanted : wanted()) {
            checkWanted(running, wanted, findings);
        }
        checkUnwanted(running, findings);
        return List.copyOf(findings);
    }

    private record Parameter(String parameter, String value) {}

    private List<Parameter> wanted() {
        return List.of(
                new Parameter("shadow:snapdir", share.farmText()),
                new Parameter("shadow:basedir", share.pathText()),
                new Parameter("shadow:format", LinkName.SAMBA_FORMAT));
    }

    private List<String> modules(Optional<SmbConf> running) {
        List<String> modules = new ArrayList<>();
        modules.add(MODULE);
        running.map(conf -> conf.vfsObjects(share.name())).orElse(List.of()).stream()
                .filter(module -> !module.equals(MODULE) && !RIVALS.contains(module))
                .forEach(modules::add);
        return modules;
    }

    private void checkPath(SmbConf running, List<String> findings) {
        Optional<String> path = running.value(share.name(), "path");
        if (!path.map(SambaAdvice::withoutSlash).equals(Optional.of(share.pathText()))) {
            findings.add(finding(
                    "path", path, share.pathText(), "correct the path in cofre's configuration or in smb.conf"));
        }
    }

    private void checkModules(SmbConf running, List<String> findings) {
        List<String> modules = running.vfsObjects(share.name());
        String set = "set in [" + share.name() + "]: vfs objects = " + String.join(" ", modules(Optional.of(running)));
        if (!modules.contains(MODULE)) {
            findings.add(finding("vfs objects", text(modules), "a list with " + MODULE, set));
        }
        String rivals = modules.stream().filter(RIVALS::contains).collect(Collectors.joining(" "));
        if (!rivals.isEmpty()) {
            findings.add(finding("vfs objects", text(modules), "a list without " + rivals, set));
        }
    }

    private void checkWanted(SmbConf running, Parameter wanted, List<String> findings) {
        Optional<String> actual = running.value(share.name(), wanted.parameter);
        boolean same = wanted.parameter.equals("shadow:format")
                ? actual.equals(Optional.of(wanted.value))
                : actual.map(SambaAdvice::withoutSlash).equals(Optional.of(wanted.value));
        if (!same) {
            String set = "set in [" + share.name() + "]: " + wanted.parameter + " = " + wanted.value;
            findings.add(finding(wanted.parameter, actual, wanted.value, set));
        }
    }

    private void checkUnwanted(SmbConf running, List<String> findings) {
        for (String parameter : List.of("shadow:localtime", "shadow:snapdirseverywhere")) {
            if (running.isOn(share.name(), parameter)) {
                String set = "remove it, or set in [" + share.name() + "]: " + parameter + " = no";
                findings.add(finding(parameter, Optional.of("yes"), "no", set));
            }
        }
        for (String parameter : List.of("shadow:snapprefix", "shadow:delimiter", "shadow:mountpoint")) {
            Optional<String> actual = running.value(share.name(), parameter);
            if (actual.filter(v -> !v.isEmpty()).isPresent()) {
                findings.add(finding(parameter, actual, "unset", "remove it from [" + share.name() + "] and [global]"));
            }
        }
    }

    private static Optional<String> text(List<String> modules) {
        return modules.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", modules));
    }

    private String finding(String parameter, Optional<String> actual, String expected, String remedy) {
        return "cannot show previous versions in [" + share.name() + "]: " + parameter + " is "
                + actual.filter(a -> !a.isEmpty()).orElse("not set") + " vs " + expected + "; " + remedy
                + ", then run: smbcontrol all reload-config";
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}

package cofre.command;

import cofre.previous.HostAdvice;
import cofre.previous.Testparm;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is to be known of Samba and its host. Asked anew each time; given by the composition root.
 *
 * @param testparm reads Samba's own configuration, where Samba is installed
 * @param fileDescriptors how {@code /dev/fd} is, where Samba needs it
 * @param unmounted why the repository's points cannot be looked at; empty when they can
 */
public record SambaFacts(
        Supplier<Optional<Testparm>> testparm,
        Supplier<Optional<HostAdvice.FileDescriptors>> fileDescriptors,
        Supplier<Optional<String>> unmounted) {}

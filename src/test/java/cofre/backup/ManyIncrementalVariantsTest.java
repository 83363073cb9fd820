package cofre.backup;

import org.junit.jupiter.api.Tag;

/** The same in more worlds. */
@Tag("slow")
class ManyIncrementalVariantsTest extends IncrementalVariantsTest {
    @Override
    int worldCount() {
        return 10;
    }
}

package cofre.contract;

import cofre.storage.Backend;
import cofre.testkit.MemoryBackend;

final class MemoryBackendContractTest extends BackendUploadContract {
    private final MemoryBackend store = new MemoryBackend();

    @Override
    protected Backend open() {
        return store;
    }
}

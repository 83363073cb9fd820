package cofre.contract;

import cofre.restore.RestoreTarget;
import cofre.testkit.MemoryTarget;

class MemoryTargetContractTest extends RestoreTargetContract {
    private final MemoryTarget memory = new MemoryTarget();

    @Override
    protected RestoreTarget open() {
        return memory;
    }
}

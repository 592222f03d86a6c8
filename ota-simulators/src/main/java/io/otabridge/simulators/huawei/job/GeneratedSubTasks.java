package io.otabridge.simulators.huawei.job;

import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.otabridge.simulators.huawei.store.HuaweiStore.Numbers;
import io.vavr.control.Option;

/** Generated sub-tasks that ended: of each hundred the last failed. The failed ones are the newest. */
record GeneratedSubTasks(Numbers numbers) implements HuaweiStore.Generated<Option<SubTaskStatus>, HuaweiSubTask> {

    private static final String TARGET_START = "generated-";
    private static final int SUCCESS_PERCENT = 99;

    @Override
    public HuaweiSubTask at(long number) {
        HuaweiSubTask task = HuaweiSubTask.waiting(TARGET_START + (number - numbers.first() + 1), true);
        return number < firstFailed()
                ? task.in(SubTaskStatus.SUCCESS)
                : task.failed(SubTaskStatus.FAIL, null, "not enough storage");
    }

    @Override
    public Option<Long> numberOf(String target) {
        return Option.when(
                        target.matches(TARGET_START + "[1-9][0-9]{0,8}"),
                        () -> Long.parseLong(target.substring(TARGET_START.length())) - 1 + numbers.first())
                .filter(numbers::include);
    }

    @Override
    public Numbers matching(Option<SubTaskStatus> status) {
        if (status.isEmpty()) {
            return numbers;
        }
        return switch (status.get()) {
            case SUCCESS -> new Numbers(numbers.first(), firstFailed() - 1);
            case FAIL -> new Numbers(firstFailed(), numbers.last());
            default -> Numbers.NONE;
        };
    }

    private long firstFailed() {
        return numbers.first() + numbers.size() * SUCCESS_PERCENT / 100;
    }
}

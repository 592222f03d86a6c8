package io.otabridge.simulators.huawei.job;

import io.vavr.control.Option;
import java.util.Set;

/** The key of a list of batch tasks: a type, and optionally a status. */
public record JobIndexKey(String type, Option<JobStatus> status) {

    static Set<JobIndexKey> all(HuaweiJob job) {
        String type = job.request().type();
        return Set.of(new JobIndexKey(type, Option.none()), new JobIndexKey(type, Option.some(job.status())));
    }
}

package io.otabridge.domain.job.command;

import io.otabridge.domain.job.UpgradeJob;
import io.vavr.collection.List;
import io.vavr.control.Option;

/**
 * The result of the creation of a job. Immutable.
 *
 * @param jobs the jobs, which now exist; several if one job cannot hold all devices. Empty in a dry
 *     run, unless they already exist
 * @param alreadyExisted true if all jobs existed with this token and nothing was created, for example after an earlier
 *     attempt whose response was lost
 * @param requestedDevices how many devices were requested, or are selected now; absent if it is not known
 * @param tasks how many tasks the vendor created; absent if it is not known (yet), and in a dry run. Less than requested
 *     if the vendor left out devices, for example because they have the version
 * @param warnings what the vendor does differently, as sentences without a final period
 */
public record JobCreation(
        List<UpgradeJob> jobs,
        boolean alreadyExisted,
        Option<Long> requestedDevices,
        Option<Long> tasks,
        List<String> warnings) {}

package io.otabridge.app.migration;

import io.otabridge.app.migration.MigrationReport.Comparison;
import io.otabridge.domain.Capability;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.NewModule;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * What a migration will do. Planning changes nothing. Immutable.
 *
 * @param from the name of the source
 * @param to the name of the target
 * @param modules the modules to create, because packages need them
 * @param packages the packages that are, or will be, on the target, oldest first
 * @param excluded the packages that are not copied, oldest first, each with the reason
 * @param obstacle why the plan cannot be executed, as a sentence without a final period; absent if it can
 * @param isDeep whether the verification downloads the files of the target
 * @param minimumTime how long the calls take at least
 */
public record MigrationPlan(
        String from,
        String to,
        List<NewModule> modules,
        List<Planned> packages,
        List<Excluded> excluded,
        Option<String> obstacle,
        boolean isDeep,
        MinimumTime minimumTime) {

    /**
     * How long the calls of a run without failures take at least at the rate limits of the accounts. The time to transfer
     * the files depends on the bandwidth and is not included.
     *
     * @param from the time at the source; absent if no rate limits are known
     * @param to the time at the target; absent if no rate limits are known
     * @param total the time of the run: modules are created first, then both backends are called concurrently. Absent if
     *     the rate limits of neither are known
     */
    public record MinimumTime(Option<Duration> from, Option<Duration> to, Option<Duration> total) {

        static final MinimumTime UNKNOWN = new MinimumTime(Option.none(), Option.none(), Option.none());

        private static MinimumTime of(MigrationPlan plan, Backend from, Backend to) {
            Option<Duration> modules = to.minimumTime(plan.moduleCalls());
            Option<Duration> source = from.minimumTime(plan.sourceCalls());
            Option<Duration> target = to.minimumTime(plan.targetCalls());
            Option<Duration> copies =
                    List.of(source, target).flatMap(time -> time).max();
            return new MinimumTime(source, sum(modules, target), sum(modules, copies));
        }

        private static Option<Duration> sum(Option<Duration> one, Option<Duration> other) {
            return List.of(one, other).flatMap(time -> time).reduceOption(Duration::plus);
        }
    }

    /** What is done with a package. */
    public enum Action {
        /** It is downloaded, published on the target, and verified there. */
        COPY,
        /** It is on the target, and is verified there. */
        VERIFY,
        /** It is on the target, and its content was compared, in an earlier run or while planning, as the request needs. */
        NONE
    }

    /**
     * A package that is, or will be, on the target.
     *
     * @param source the package on the source
     * @param action what is done
     * @param target the package to create; absent if an earlier run created it
     * @param copy the id of the package on the target; absent if it is to be created
     * @param files the files with their sizes and digests, as far as they are known
     * @param losses what the target does not store, or stores elsewhere, as sentences without a final period
     * @param comparison how the content was compared, in an earlier run or while planning
     * @param verification the verification state on the target at that time; absent if it was not read
     */
    public record Planned(
            FirmwareSummary source,
            Action action,
            Option<NewFirmware> target,
            Option<FirmwareId> copy,
            List<FirmwareFile> files,
            List<String> losses,
            Comparison comparison,
            Option<Verification> verification) {

        static final String MAY_EXIST = "the target has this version, and only the run can compare the content";

        Planned withLoss(String loss) {
            return new Planned(source, action, target, copy, files, losses.append(loss), comparison, verification);
        }

        Planned withFiles(List<FirmwareFile> downloaded) {
            return new Planned(source, action, target, copy, downloaded, losses, comparison, verification);
        }

        Planned copied(FirmwareId created, List<String> warnings) {
            return new Planned(
                    source,
                    action,
                    target,
                    Option.some(created),
                    files,
                    losses.remove(MAY_EXIST).appendAll(warnings).distinct(),
                    comparison,
                    verification);
        }

        /** Returns this package of the target for what is done with it. What is to be verified counts as not compared. */
        Planned onTarget(FirmwareSummary listed, Action next) {
            boolean isCompared = next == Action.NONE;
            return new Planned(
                    listed,
                    next,
                    Option.none(),
                    copy,
                    files,
                    losses,
                    isCompared ? comparison : Comparison.NONE,
                    isCompared ? verification : Option.none());
        }

        Planned compared(Comparison how, Option<Verification> state) {
            return new Planned(source, action, target, copy, files, losses, how, state);
        }
    }

    /**
     * A package that is not copied.
     *
     * @param source the package on the source
     * @param cause whether it cannot be copied or was not selected
     * @param reason the reason, as a sentence without a final period
     */
    public record Excluded(FirmwareSummary source, Cause cause, String reason) {

        /** Why a package is not copied. */
        public enum Cause {
            /** The target cannot store it, or its product has no id there. */
            IMPOSSIBLE,
            /** The target has it with another content. */
            CONFLICT,
            /** The request selects other packages. */
            NOT_SELECTED
        }
    }

    /** Returns the packages with this action, oldest first. */
    public List<Planned> packages(Action action) {
        return packages.filter(planned -> planned.action() == action);
    }

    /** Returns the number of files to copy. */
    public int files() {
        return packages(Action.COPY)
                .map(planned -> planned.files().size())
                .sum()
                .intValue();
    }

    /** Returns the number of bytes to copy, without the files of unknown size. */
    public long bytes() {
        return packages(Action.COPY)
                .flatMap(Planned::files)
                .flatMap(FirmwareFile::size)
                .sum()
                .longValue();
    }

    /** Returns the number of files to copy whose size the source does not report. */
    public int filesOfUnknownSize() {
        return packages(Action.COPY)
                .flatMap(Planned::files)
                .count(file -> file.size().isEmpty());
    }

    /**
     * Returns the number of calls of backend ports that a run without failures needs: one for each module and for each
     * file to download, two for each package to copy (publish, and read back), and one for each package to verify. A
     * vendor's adapter sends several requests for some of them, such as a publication.
     */
    public int calls() {
        return List.of(moduleCalls(), sourceCalls(), targetCalls().remove(Capability.SEVERAL_FILES))
                .flatMap(Map::values)
                .sum()
                .intValue();
    }

    private Map<Capability, Integer> moduleCalls() {
        return HashMap.of(Capability.CREATE_MODULE, modules.size());
    }

    private Map<Capability, Integer> sourceCalls() {
        return HashMap.of(Capability.DOWNLOAD_FIRMWARE, files());
    }

    private Map<Capability, Integer> targetCalls() {
        int copies = packages(Action.COPY).size();
        int downloads = isDeep
                ? packages.filter(planned -> planned.action() != Action.NONE)
                        .map(planned -> planned.files().size())
                        .sum()
                        .intValue()
                : 0;
        return HashMap.of(
                Capability.PUBLISH_FIRMWARE,
                copies,
                Capability.SEVERAL_FILES,
                Math.max(0, files() - copies),
                Capability.FIND_FIRMWARE,
                copies + packages(Action.VERIFY).size(),
                Capability.DOWNLOAD_FIRMWARE,
                downloads);
    }

    /** Returns this plan with the time that its calls take at least. */
    MigrationPlan withMinimumTime(Backend source, Backend target) {
        return new MigrationPlan(
                from, to, modules, packages, excluded, obstacle, isDeep, MinimumTime.of(this, source, target));
    }
}

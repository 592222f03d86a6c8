package io.otabridge.aliyun.firmware;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.aliyun.operation.AliyunMapping;
import io.otabridge.aliyun.operation.FirmwareCreation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.UpdateKind;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** The platform's rules for a package that concern more than one text. They are checked before anything is sent. */
final class PublishRules {

    private static final int MAX_FILES = 20;

    /** The maximum of the platform, and of an account whose limit the vendor has raised. */
    private static final long MAX_DOCUMENTED_MEGABYTES = 1_000;

    private static final long MAX_MEGABYTES = 2_000;

    /** The maximum of one form post to the object store. That of a private deployment is unknown. */
    private static final long MAX_POST_MEGABYTES = 5_120;

    /** The larger meaning of a megabyte, because the documents do not define it. */
    private static final long MEGABYTE = 1L << 20;

    private final Dialect dialect;
    private final OperationContext origin;

    PublishRules(Dialect dialect, OperationContext origin) {
        this.dialect = dialect;
        this.origin = origin;
    }

    /** The first rule that a package violates; absent if it meets all. */
    Option<OtaFailure> violation(FirmwareCreation creation) {
        return ofTarget(creation).orElse(() -> ofKind(creation)).orElse(() -> ofFiles(creation.files()));
    }

    private Option<OtaFailure> ofTarget(FirmwareCreation creation) {
        boolean isDefault = creation.firmware().coordinates().target() instanceof FirmwareTarget.Module module
                && module.name().value().equals(AliyunMapping.DEFAULT_MODULE);
        return Option.when(
                isDefault,
                () -> rejected(
                        Message.of(
                                "On backend {0} module {1} represents the whole device",
                                origin.backend(), AliyunMapping.DEFAULT_MODULE),
                        "Publish for the whole device instead of a module"));
    }

    private Option<OtaFailure> ofKind(FirmwareCreation creation) {
        if (!(creation.firmware().kind() instanceof UpdateKind.Delta)) {
            return Option.none();
        }
        if (!dialect.hasDeltas()) {
            return Option.some(rejected(
                    Message.of("Backend {0} ({1}) has no deltas", origin.backend(), dialect.title()),
                    "Publish a full image"));
        }
        int sources = creation.firmware().sourceVersions().size();
        return Option.when(
                sources != 1,
                () -> rejected(
                        Message.of(
                                "A delta on backend {0} has one source version, and {1} were requested",
                                origin.backend(), sources),
                        "Publish one delta for each source version"));
    }

    private Option<OtaFailure> ofFiles(List<Artifact> files) {
        if (files.size() > MAX_FILES) {
            return Option.some(rejected(
                    Message.of(
                            "A package on backend {0} has at most {1} files, and {2} were requested",
                            origin.backend(), MAX_FILES, files.size()),
                    "Publish an archive of the files"));
        }
        long max = (dialect.isCloud() ? MAX_MEGABYTES : MAX_POST_MEGABYTES) * MEGABYTE;
        return files.find(file -> file.length() > max)
                .map(file -> rejected(
                        Message.of(
                                "File {0} has {1} bytes, and backend {2} accepts at most {3} in one upload",
                                file.fileName(), file.length(), origin.backend(), max),
                        "Publish a smaller file"))
                .orElse(() -> files.size() == 1 ? Option.none() : ofNames(files.map(Artifact::fileName)));
    }

    /** What the platform may reject, depending on the account. */
    List<String> warnings(List<Artifact> files) {
        return files.exists(file -> dialect.isCloud() && file.length() > MAX_DOCUMENTED_MEGABYTES * MEGABYTE)
                ? List.of("files are limited to " + MAX_DOCUMENTED_MEGABYTES
                        + " MB, unless the vendor has raised the limit of the account")
                : List.empty();
    }

    private Option<OtaFailure> ofNames(List<String> names) {
        return names.flatMap(
                        name -> dialect.rules().fileName().check(name).swap().toOption())
                .headOption()
                .map(violation -> rejected(violation.toMessage(), "Rename the file"))
                .orElse(() -> names.find(name -> names.count(name::equals) > 1)
                        .map(name -> rejected(
                                Message.of(
                                        "Several files have the name {0}, and backend {1} needs different names",
                                        name, origin.backend()),
                                "Rename the files")));
    }

    private OtaFailure rejected(Message summary, String advice) {
        return new OtaFailure.Rejected(
                FailureDetails.of(origin, summary, Message.of(advice).and(Message.of("nothing was sent"))));
    }
}

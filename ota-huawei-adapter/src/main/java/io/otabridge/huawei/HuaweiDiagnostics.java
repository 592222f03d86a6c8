package io.otabridge.huawei;

import static io.otabridge.domain.backend.Check.CREDENTIALS;
import static io.otabridge.domain.backend.Check.PERMISSION;
import static io.otabridge.domain.backend.Check.SCOPE;
import static io.otabridge.domain.backend.Check.SERVICE;
import static io.otabridge.domain.backend.Check.SIGNATURE;

import io.otabridge.client.BackendClient;
import io.otabridge.client.Operation;
import io.otabridge.client.OperationClient;
import io.otabridge.client.diagnosis.CheckFailure;
import io.otabridge.client.diagnosis.ConnectivityProbe;
import io.otabridge.client.diagnosis.QuotaDiagnostics;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.otabridge.domain.backend.Permission;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.huawei.auth.HuaweiAuthentication;
import io.otabridge.huawei.config.HuaweiSettings;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.otabridge.huawei.operation.HuaweiMapping;
import io.otabridge.huawei.operation.HuaweiResponseDecoder;
import io.otabridge.huawei.wire.HuaweiApi;
import io.otabridge.huawei.wire.ModulePageDto;
import io.otabridge.huawei.wire.PackagePageDto;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Diagnoses a backend on IoTDA. It lists one package and one module. If the vendor's error code is ambiguous, it sends
 * another request with the other kind of signature or without the instance id. With a bucket for uploads it requests its
 * region, and it may begin an upload and abort it.
 */
final class HuaweiDiagnostics {

    /** From the document "AK/SK Signing and Authentication". Requests with a token carry no date. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(15);

    private static final String SHARED_HOST = "iotda\\.[a-z0-9-]+\\.myhuaweicloud\\.com";
    private static final String PACKAGE_TYPE = "firmwarePackage";
    private static final LenientJsonReader<PackagePageDto> PACKAGES = LenientJsonReader.of(PackagePageDto.class);
    private static final LenientJsonReader<ModulePageDto> MODULES = LenientJsonReader.of(ModulePageDto.class);

    private static final Pattern UNKNOWN_KEY = Pattern.compile("\\bak \\S+ not exist");
    private static final String WRONG_SIGNATURE = "verify aksk signature fail";

    private final String name;
    private final HuaweiSettings settings;
    private final HttpTransport transport;
    private final BackendContext context;

    HuaweiDiagnostics(String name, HuaweiSettings settings, HttpTransport transport, BackendContext context) {
        this.name = name;
        this.settings = settings;
        this.transport = transport;
        // Diagnostic requests are not reported as traffic of the backend.
        this.context = context.withResource(BackendObserver.class, BackendObserver.NONE);
    }

    /** Returns diagnostics with this deadline for each request. */
    HuaweiDiagnostics within(Duration deadline) {
        return new HuaweiDiagnostics(name, settings.within(deadline), transport, context);
    }

    /** @param beginsUpload whether a multipart upload is begun and aborted, to check the permission to upload files */
    Diagnosis diagnose(boolean beginsUpload) {
        List<Finding> quota = settings.rateLimits()
                .map(limits -> QuotaDiagnostics.of(
                        limits,
                        HuaweiProvider.VENDOR,
                        HuaweiAuthentication.identity(settings),
                        HuaweiPermissions.ALL.map(Permission::operation),
                        settings.connection().callOptions().timeout()))
                .getOrElse(QuotaDiagnostics::ofNone);
        try (BackendClient client = HuaweiBackend.newClient(
                name, settings.withoutRetries(settings.derivedForRegion()), transport, context)) {
            ConnectivityProbe connectivity = ConnectivityProbe.run(
                    transport,
                    settings.connection(),
                    context.clock(),
                    Option.when(usesSignature(), MAX_CLOCK_SKEW),
                    isSharedEndpoint()
                            ? "Check region; a region without the basic edition has no shared endpoint: set endpoint to"
                                    + " the instance's own address, which the console shows"
                            : "Check endpoint; the console shows it in the instance's access information",
                    client.redactor());
            List<Finding> service = connectivity.isReachable() ? new ServiceProbe(client).findings() : List.empty();
            return new Diagnosis(connectivity
                    .findings()
                    .appendAll(service)
                    .appendAll(storageFindings(client, beginsUpload))
                    .appendAll(quota));
        }
    }

    /** The findings about the bucket for uploads; empty if the credentials cannot sign requests to it. */
    private List<Finding> storageFindings(BackendClient client, boolean beginsUpload) {
        HuaweiSettings probed = settings.withoutRetries(settings.derivedForRegion());
        HuaweiAuthentication authentication = HuaweiAuthentication.of(probed, client, transport);
        return HuaweiBackend.storage(probed, authentication, transport, authentication.client())
                .map(storage -> storage.bucket()
                        .map(bucket -> new HuaweiStorageDiagnostics(storage, bucket, settings.region(), beginsUpload)
                                .findings())
                        .getOrElse(() -> List.of(HuaweiStorageDiagnostics.notConfigured())))
                .getOrElse(List.empty());
    }

    private boolean usesSignature() {
        return HuaweiAuthentication.usesSignature(settings);
    }

    private boolean isSharedEndpoint() {
        return settings.connection().endpoint().host().matches(SHARED_HOST);
    }

    private static String signatureName(Option<String> derivedFor) {
        return derivedFor.map(region -> "the signature derived for " + region).getOrElse("the plain signature");
    }

    private static CheckFailure classify(OtaFailure failure) {
        return CheckFailure.of(failure, HuaweiErrors::errorRule);
    }

    /** Sends requests with one kind of signature. */
    private record ProbeClient(HuaweiApi api, OperationClient client) {}

    /** Sends the requests of one diagnosis and interprets the responses. */
    private final class ServiceProbe {

        private final BackendClient client;

        ServiceProbe(BackendClient client) {
            this.client = client;
        }

        List<Finding> findings() {
            Option<String> configured = settings.derivedForRegion();
            ProbeClient probe = probeWith(configured);
            Either<OtaFailure, Integer> result = listPackages(probe, settings.instanceId());
            if (usesSignature() && isCredentialFailure(result)) {
                return tryOtherSignature(configured, classify(result.getLeft()));
            }
            return interpret(probe, result)
                    .append(
                            !usesSignature()
                                    ? Finding.skipped(SIGNATURE, "not used: requests carry an IAM token")
                                    : isAuthenticated(result)
                                            ? Finding.ok(SIGNATURE, "the endpoint accepts " + signatureName(configured))
                                            : Finding.skipped(SIGNATURE, "not checked by the vendor"));
        }

        /** The vendor has one code for a wrong key and for the wrong kind of signature, so the other kind is tried. */
        private List<Finding> tryOtherSignature(Option<String> configured, CheckFailure rejection) {
            Option<Option<String>> other = configured.isDefined()
                    ? Option.some(Option.none())
                    : settings.region().map(Option::some);
            if (other.isEmpty()) {
                return List.of(
                        serviceResponds(),
                        rejection.failed(
                                CREDENTIALS,
                                rejectedKey(List.of(rejection))
                                        .getOrElse(
                                                "the vendor rejects the access key, its secret, or the plain signature"),
                                "Check access key and secret key; set region too, so that the derived signature"
                                        + " can be tried"));
            }
            ProbeClient probe = probeWith(other.get());
            Either<OtaFailure, Integer> result = listPackages(probe, settings.instanceId());
            if (isAuthenticated(result)) {
                return interpret(probe, result)
                        .append(rejection.failed(
                                SIGNATURE,
                                "the endpoint accepts " + signatureName(other.get()) + ", but requests use "
                                        + signatureName(configured),
                                other.get().isDefined()
                                        ? "Set signature: derived"
                                        : "Set signature: plain, or set endpoint to that of the instance"));
            }
            Finding wrongKey = rejection.failed(
                    CREDENTIALS,
                    rejectedKey(List.of(rejection, classify(result.getLeft())))
                            .getOrElse("the vendor rejects the access key with both kinds of signature"),
                    "Check access key and secret key; temporary keys need their security-token and expire with it");
            return isCredentialFailure(result)
                    ? List.of(serviceResponds(), wrongKey)
                    : List.of(wrongKey, classify(result.getLeft()).failed());
        }

        /**
         * What is wrong with the key according to the vendor's messages; absent if they do not say it. The messages are
         * not documented: they were seen in issues of the vendor's SDKs, and the simulator sends them. The vendor may
         * send others.
         */
        private Option<String> rejectedKey(List<CheckFailure> rejections) {
            List<String> messages =
                    rejections.flatMap(rejection -> rejection.failure().vendorMessage());
            if (messages.exists(message -> UNKNOWN_KEY.matcher(message).find())) {
                return Option.some("the access key is unknown to the vendor");
            }
            return Option.when(
                    messages.exists(message -> message.contains(WRONG_SIGNATURE)),
                    rejections.size() > 1
                            ? "the secret key is wrong: the vendor rejects both kinds of signature"
                            : "the secret key, or the kind of signature, is wrong");
        }

        /** The findings from a response, except about the signature. */
        private List<Finding> interpret(ProbeClient probe, Either<OtaFailure, Integer> result) {
            if (result.isRight()) {
                return List.of(serviceResponds(), credentialsAccepted())
                        .appendAll(permissions(probe))
                        .append(scope());
            }
            CheckFailure diagnosed = classify(result.getLeft());
            if (diagnosed.isConnectionFailure()) {
                return List.of(diagnosed.failed());
            }
            if (!diagnosed.failure().operation().startsWith("ListOta")) {
                return List.of(diagnosed.failed(
                        CREDENTIALS,
                        diagnosed.failure().summary(),
                        diagnosed.failure().advice()));
            }
            if (diagnosed.hasCode(HuaweiErrors.UNKNOWN_USER)) {
                return List.of(credentialsAccepted(), unknownUser(probe, diagnosed));
            }
            return switch (diagnosed.check()) {
                case PERMISSION -> List.of(serviceResponds(), credentialsAccepted(), missingPermission(diagnosed));
                case SCOPE -> List.of(serviceResponds(), credentialsAccepted(), wrongScope(diagnosed));
                case CREDENTIALS -> List.of(serviceResponds(), expiredToken(diagnosed));
                case QUOTA -> List.of(serviceResponds(), diagnosed.failed());
                default -> List.of(diagnosed.wrongService("IoTDA's"));
            };
        }

        private Finding expiredToken(CheckFailure diagnosed) {
            return diagnosed.failed(
                    CREDENTIALS,
                    "the IAM token has expired, or is for another region or project",
                    diagnosed.failure().advice());
        }

        private Finding missingPermission(CheckFailure diagnosed) {
            String what = diagnosed.hasAnyCode(HuaweiErrors.FOREIGN_SPACES)
                    ? settings.appId()
                            .map(appId -> "the user may not use resource space " + appId)
                            .getOrElse("the user may not use the default resource space")
                    : "the user may not list packages";
            return diagnosed.failed(PERMISSION, what, diagnosed.failure().advice());
        }

        private Finding wrongScope(CheckFailure diagnosed) {
            String advice = diagnosed.failure().advice();
            if (diagnosed.hasCode(HuaweiErrors.SEVERAL_SPACES)) {
                return diagnosed.failed(
                        SCOPE, "the account has several resource spaces, and app-id is not set", advice);
            }
            return diagnosed.hasAnyCode(HuaweiErrors.UNKNOWN_SPACES)
                    ? diagnosed.failed(
                            SCOPE,
                            settings.appId()
                                    .map(appId -> "resource space " + appId + " does not exist")
                                    .getOrElse("the user has no resource space"),
                            advice)
                    : diagnosed.failed(SCOPE, "the vendor rejects project-id, app-id or instance-id", advice);
        }

        /**
         * The vendor has one code for an endpoint of another edition, a foreign project or instance, and missing
         * permissions.
         */
        private Finding unknownUser(ProbeClient probe, CheckFailure diagnosed) {
            if (diagnosed.vendorMessageContains(Option.some(settings.projectId()))) {
                return diagnosed.failed(
                        SCOPE,
                        "project " + settings.projectId() + " does not belong to this user",
                        "Set project-id to the project of this region that the console shows under My Credentials");
            }
            if (settings.instanceId().isDefined()
                    && listPackages(probe, Option.none()).isRight()) {
                return diagnosed.failed(
                        SCOPE,
                        "instance " + settings.instanceId().get()
                                + " does not belong to this user; requests without instance-id succeed",
                        "Correct or remove instance-id");
            }
            return diagnosed.failed(
                    SERVICE,
                    isSharedEndpoint()
                            ? "the key is valid, but the user has no resources at the shared endpoint of the basic edition"
                            : "the key is valid, but the user has no resources at this endpoint",
                    "Copy the endpoint from the access information of your instance; if it is correct, check project-id"
                            + " and grant the user the IoTDA permissions");
        }

        /** Modules have a separate permission, and older instances do not support them. */
        private List<Finding> permissions(ProbeClient probe) {
            if (settings.appId().isEmpty()) {
                return List.of(Finding.ok(PERMISSION, "the user may list packages; modules were not checked"));
            }
            Either<OtaFailure, Integer> result =
                    listModules(probe, settings.appId().get());
            if (result.isRight()) {
                return List.of(Finding.ok(PERMISSION, "the user may list packages and modules"));
            }
            CheckFailure diagnosed = classify(result.getLeft());
            if (diagnosed.hasCode(HuaweiErrors.UNKNOWN_API, HuaweiErrors.UNKNOWN_OPERATION)) {
                return List.of(
                        Finding.ok(PERMISSION, "the user may list packages"),
                        diagnosed.warning(
                                SERVICE,
                                "the instance supports packages, but not modules",
                                "Do not use modules, or ask the vendor to update the instance"));
            }
            return List.of(
                    diagnosed.check() == PERMISSION
                            ? diagnosed.failed(
                                    PERMISSION,
                                    "the user may list packages, but not modules",
                                    "Grant the user iotda:otamodules:queryList")
                            : diagnosed.check() == SERVICE ? diagnosed.wrongService("IoTDA's") : diagnosed.failed());
        }

        private Finding scope() {
            String where = "project " + settings.projectId()
                    + settings.instanceId().map(id -> ", instance " + id).getOrElse("");
            return settings.appId()
                    .map(appId -> Finding.ok(SCOPE, where + ", resource space " + appId))
                    .getOrElse(() -> Finding.warning(
                            SCOPE,
                            where + "; without app-id, modules cannot be listed, found by name or created",
                            "Set app-id to the id of the resource space"));
        }

        private Finding serviceResponds() {
            return Finding.ok(SERVICE, "IoTDA responds");
        }

        private Finding credentialsAccepted() {
            return Finding.ok(
                    CREDENTIALS, usesSignature() ? "the access key is accepted" : "the IAM token is accepted");
        }

        private boolean isCredentialFailure(Either<OtaFailure, ?> result) {
            return result.isLeft() && classify(result.getLeft()).check() == CREDENTIALS;
        }

        /** Whether the vendor has authenticated the caller. */
        private boolean isAuthenticated(Either<OtaFailure, ?> result) {
            if (result.isRight()) {
                return true;
            }
            CheckFailure diagnosed = classify(result.getLeft());
            return diagnosed.check() == PERMISSION
                    || diagnosed.check() == SCOPE
                    || diagnosed.hasCode(HuaweiErrors.UNKNOWN_USER);
        }

        private ProbeClient probeWith(Option<String> derivedFor) {
            HuaweiSettings probed = settings.withoutRetries(derivedFor);
            HuaweiAuthentication authentication = HuaweiAuthentication.of(probed, client, transport);
            return new ProbeClient(
                    authentication.api(probed, transport),
                    new OperationClient(
                            authentication.client(),
                            new HuaweiResponseDecoder(),
                            HuaweiBackend.capabilities(settings)));
        }

        private Either<OtaFailure, Integer> listPackages(ProbeClient probe, Option<String> instanceId) {
            Operation<Option<String>, Integer> list = Operation.<Option<String>>read("ListOtaPackageInfo")
                    .subject(instance -> Message.of("packages"))
                    .request(instance -> probe.api()
                            .listOtaPackageInfo(
                                    instance.getOrNull(),
                                    PACKAGE_TYPE,
                                    settings.appId().getOrNull(),
                                    null,
                                    null,
                                    1,
                                    null))
                    .json(
                            PACKAGES,
                            (instance, dto) ->
                                    HuaweiMapping.toSummaries(dto, PACKAGE_TYPE).map(List::size));
            return probe.client().read(list, instanceId);
        }

        private Either<OtaFailure, Integer> listModules(ProbeClient probe, String appId) {
            Operation<String, Integer> list = Operation.<String>read("ListOtaModules")
                    .subject(app -> Message.of("modules"))
                    .request(app ->
                            probe.api().listOtaModules(settings.instanceId().getOrNull(), app, null, 1, null))
                    .json(MODULES, (app, dto) -> HuaweiMapping.toModules(dto).map(List::size));
            return probe.client().read(list, appId);
        }
    }
}

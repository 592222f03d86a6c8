package io.otabridge.simulators.huawei;

import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.otabridge.simulators.huawei.store.PackageIndexKey;
import io.otabridge.simulators.objectstore.ObsSimulator;
import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates packages as described in "Create an OTA upgrade package". The object must exist, but is not read: the digest
 * is stored as it was sent. Several packages of one version are accepted, since no rule against them is documented.
 */
final class HuaweiPackageHandler {

    private static final int MAX_PACKAGES = 200;
    private static final Pattern TYPE = Pattern.compile("firmwarePackage|softwarePackage|modulePackage");
    private static final Pattern MODULE = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");
    private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9_.-]{1,256}");
    private static final Pattern DESCRIPTION = Pattern.compile("(?s).{1,1024}");
    private static final Pattern CUSTOM_INFO = Pattern.compile("(?s).{1,4096}");
    private static final Pattern REGION = Pattern.compile("[a-zA-Z0-9-]{1,256}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9.-]{3,63}");
    private static final Pattern OBJECT_KEY = Pattern.compile("(?s).{1,1024}");
    private static final Pattern SIGN_METHOD = Pattern.compile("SHA256");
    private static final Pattern SIGN = Pattern.compile("[a-fA-F0-9]{64}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HuaweiStore<PackageIndexKey, HuaweiPackage> packages;
    private final HuaweiStore<Option<String>, HuaweiProduct> products;
    private final ObsSimulator objects;
    private final Clock clock;
    private final AtomicLong lastCreated = new AtomicLong();

    HuaweiPackageHandler(
            HuaweiStore<PackageIndexKey, HuaweiPackage> packages,
            HuaweiStore<Option<String>, HuaweiProduct> products,
            ObsSimulator objects,
            Clock clock) {
        this.packages = packages;
        this.products = products;
        this.objects = objects;
        this.clock = clock;
    }

    Either<HuaweiError, HuaweiPackage> create(ReceivedRequest call) {
        return RequestMembers.of(call).flatMap(body -> {
            RequestMembers location = body.object("file_location").object("obs_location");
            HuaweiPackage created = read(body, location);
            Option<HuaweiError> error = body.error()
                    .orElse(location::error)
                    .orElse(() -> Option.when(
                            (created.moduleName() != null)
                                    != created.packageType().equals("modulePackage"),
                            () -> HuaweiError.invalid("module_name")))
                    .orElse(() -> Option.when(
                            !created.appId().equals(HuaweiSimulator.APP_ID),
                            () -> HuaweiError.noSuchSpace(created.appId())))
                    .orElse(() -> Option.when(!exists(created.obsLocation()), HuaweiError::wrongObsLocation));
            return error.isDefined() ? Either.left(error.get()) : store(created);
        });
    }

    private HuaweiPackage read(RequestMembers body, RequestMembers location) {
        String productId = body.required("product_id", HuaweiRouter.SPACE_OR_PRODUCT_ID);
        return new HuaweiPackage(
                Digests.md5Hex("created/" + productId + "/" + lastCreated.incrementAndGet()),
                body.required("app_id", HuaweiRouter.SPACE_OR_PRODUCT_ID),
                body.required("package_type", TYPE),
                productId,
                productName(productId),
                body.optional("module_name", MODULE),
                body.required("version", VERSION),
                body.optionalList("support_source_versions", VERSION, 20),
                body.optional("description", DESCRIPTION),
                body.optional("custom_info", CUSTOM_INFO),
                TIME.format(clock.instant()),
                new HuaweiPackage.ObsLocation(
                        location.required("region_name", REGION),
                        location.required("bucket_name", BUCKET),
                        location.required("object_key", OBJECT_KEY),
                        location.optional("sign_method", SIGN_METHOD),
                        location.optional("sign", SIGN)));
    }

    private @Nullable String productName(String productId) {
        return products.find(productId).map(HuaweiProduct::name).getOrNull();
    }

    private boolean exists(HuaweiPackage.ObsLocation location) {
        return objects.regionOf(location.bucketName()).contains(location.regionName())
                && objects.find(location.bucketName(), location.objectKey()).isDefined();
    }

    private Either<HuaweiError, HuaweiPackage> store(HuaweiPackage created) {
        synchronized (packages) {
            long count = List.of("firmwarePackage", "softwarePackage", "modulePackage").stream()
                    .mapToLong(type -> packages.page(
                                    new PackageIndexKey(type, Option.none(), Option.none()), HuaweiStore.NEWEST, 0, 0)
                            .count())
                    .sum();
            if (count >= MAX_PACKAGES) {
                return Either.left(HuaweiError.tooManyPackages(MAX_PACKAGES));
            }
            packages.put(created);
            return Either.right(created);
        }
    }
}

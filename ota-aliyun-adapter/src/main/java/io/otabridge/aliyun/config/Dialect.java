package io.otabridge.aliyun.config;

import io.otabridge.aliyun.signing.AliyunRequestSigner;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.PackageLimit;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.Vendor;
import java.util.Map;

/**
 * The differences between the platforms with this protocol, apart from address and signature. Names of fields may have
 * any case and lists any form on all platforms, so reading responses needs no dialect.
 *
 * @param vendor the name in a configuration
 * @param title the platform's name for people
 * @param capabilities the capabilities of the platform
 * @param commonParameters the parameters of every call with the older signature, besides the signature and the
 *     operation's own
 * @param rules the constraints for ids, names and texts
 * @param errorAdvice what to do about errors
 */
public record Dialect(
        Vendor vendor,
        String title,
        Capabilities capabilities,
        Map<String, String> commonParameters,
        Rules rules,
        ErrorAdvice errorAdvice) {

    /** The constraints for ids, names and texts of a platform. */
    public record Rules(
            StringConstraint firmwareId,
            StringConstraint moduleName,
            StringConstraint alias,
            StringConstraint description) {

        private static Rules of(String vendor, StringConstraint firmwareId) {
            return new Rules(
                    firmwareId,
                    StringConstraint.matching(
                            vendor + " OTA module name",
                            "[a-zA-Z0-9._-]{1,64}",
                            "1 to 64 letters, digits, full stops, underscores and hyphens"),
                    StringConstraint.matching(
                            vendor + " OTA module alias",
                            "[^\\p{Cc}\\p{Cs}]{1,64}",
                            "1 to 64 characters without control characters"),
                    StringConstraint.matching(
                            vendor + " OTA module description", "[^\\p{Cs}]{1,100}", "1 to 100 characters"));
        }
    }

    /** What to do about errors. Each text is a sentence without a final full stop. */
    public record ErrorAdvice(
            String wrongInstance,
            String missingProduct,
            String missingResource,
            String missingPermission,
            String wrongCredentials,
            String wrongAddress,
            String tooManyModules) {}

    /** Alibaba Cloud IoT Platform. The format of firmware ids is not documented. */
    public static final Dialect ALIBABA = new Dialect(
            Vendor.of("aliyun"),
            "Alibaba Cloud IoT",
            capabilities("Alibaba", "Alibaba Cloud IoT")
                    .withPackageLimit(new PackageLimit(500, PackageLimit.Scope.ACCOUNT)),
            Map.of("Version", AliyunRequestSigner.API_VERSION, "Format", "JSON", "SignatureVersion", "1.0"),
            Rules.of("Alibaba", StringConstraint.opaque("Alibaba firmware id", 128)),
            new ErrorAdvice(
                    "Check instance-id and region, which belong together: set instance-id if the console's overview"
                            + " shows one, and remove it for an old public instance",
                    "Check the product id (or map the name in products), and that instance-id and region are those of its instance",
                    "Check the id; ids belong to one instance and region",
                    "Grant the user of this access key the RAM permission iot:<operation>",
                    "Check the access key, and for temporary keys the security token and its expiry",
                    "There is no such API at this address: check region or endpoint",
                    "Delete a module first: a product can have at most 10 custom modules"));

    /** Tuya's private deployment ("Hedwig on Cloud"), from its API list. All firmware ids in it are numbers. */
    public static final Dialect TUYA = new Dialect(
            Vendor.of("tuya"),
            "Tuya",
            capabilities("Tuya", "Tuya")
                    .without(
                            Capability.LIST_DEVICE_GROUPS,
                            "Tuya's API list has no operation that lists device groups; use the console"),
            Map.of(),
            Rules.of(
                    "Tuya", StringConstraint.matching("Tuya firmware id", "[0-9]{1,32}", "a number of 1 to 32 digits")),
            new ErrorAdvice(
                    "Check the endpoint, which belongs to one deployment",
                    "Check the product id (or map the name in products), and that the endpoint is that of its deployment",
                    "Check the id; ids belong to one deployment",
                    "Grant the user of this access key the permission for the operation",
                    "Check the access key",
                    "There is no such API at this address: check the endpoint",
                    "Delete a module first: the product has the maximum number of modules"));

    private static Capabilities capabilities(String vendor, String platform) {
        return Capabilities.of(
                        Capability.FIND_MODULE_BY_NAME,
                        Capability.LIST_MODULES,
                        Capability.CREATE_MODULE,
                        Capability.UPDATE_MODULE,
                        Capability.DELETE_MODULE,
                        Capability.FIND_FIRMWARE,
                        Capability.LIST_FIRMWARE,
                        Capability.DELETE_FIRMWARE,
                        Capability.LIST_PRODUCTS,
                        Capability.LIST_DEVICE_GROUPS,
                        Capability.VERIFICATION,
                        Capability.UPDATE_KIND,
                        Capability.CONTENT_IN_LISTS,
                        Capability.FIRMWARE_NAMES)
                .without(
                        Capability.FIND_MODULE_BY_ID,
                        vendor + " modules have no ids: find them by product and module name")
                .without(
                        Capability.SOFTWARE_PACKAGES,
                        "Use a module package instead; " + platform
                                + " has packages for the whole device and for modules only");
    }

    /** Whether this is the vendor's cloud, with regions, instances and quotas, and not a private deployment. */
    public boolean isCloud() {
        return equals(ALIBABA);
    }
}

package io.otabridge.aliyun.config;

import io.otabridge.aliyun.signing.AliyunRequestSigner;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.Vendor;
import java.util.Map;

/**
 * What differs between the platforms that speak this protocol, besides where they are and how calls to them are signed.
 * Names of members may be in any case and lists in any form on all of them, so reading needs no dialect.
 *
 * @param vendor the word in a configuration
 * @param title the platform, for people
 * @param capabilities what it can do
 * @param commonParameters what a call carries besides its signature and its own parameters, when signed in the older way
 * @param rules what it takes
 * @param remedies what to do about its failures
 */
public record Dialect(
        Vendor vendor,
        String title,
        Capabilities capabilities,
        Map<String, String> commonParameters,
        Rules rules,
        Remedies remedies) {

    /** What a platform takes for ids, names and texts. */
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

    /** What to do about failures; each is a sentence without a final stop. */
    public record Remedies(
            String wrongInstance,
            String missingProduct,
            String missingThing,
            String missingPermission,
            String wrongKey,
            String wrongAddress,
            String tooManyModules) {}

    private static final String WITHOUT_IDS = " modules have no ids: ask by product and module name";

    /** Alibaba Cloud IoT Platform; its firmware ids have no documented form. */
    public static final Dialect ALIBABA = new Dialect(
            Vendor.of("aliyun"),
            "Alibaba Cloud IoT",
            Capabilities.of(
                            Capability.FIND_MODULE_BY_NAME,
                            Capability.LIST_MODULES,
                            Capability.CREATE_MODULE,
                            Capability.UPDATE_MODULE,
                            Capability.DELETE_MODULE,
                            Capability.FIND_FIRMWARE,
                            Capability.LIST_FIRMWARE,
                            Capability.DELETE_FIRMWARE,
                            Capability.VERIFICATION,
                            Capability.UPDATE_KIND,
                            Capability.CONTENT_IN_LISTS)
                    .without(Capability.FIND_MODULE_BY_ID, "Alibaba" + WITHOUT_IDS)
                    .without(Capability.SOFTWARE_PACKAGES, withoutSoftware("Alibaba Cloud IoT")),
            Map.of("Version", AliyunRequestSigner.API_VERSION, "Format", "JSON", "SignatureVersion", "1.0"),
            Rules.of("Alibaba", StringConstraint.opaque("Alibaba firmware id", 128)),
            new Remedies(
                    "Check instance-id and region, which belong together: set instance-id if the console's overview shows"
                            + " one, leave it out for an old public instance",
                    "Check the product id, and that instance-id and region are those of its instance",
                    "Check the id; ids belong to one instance and region",
                    "Give the user of this access key the RAM permission iot:<operation>",
                    "Check the access key, and for temporary keys the security token and its expiry",
                    "There is no such API at this address: check region or endpoint",
                    "Delete a module first: a product may have 10 of its own"));

    /** Tuya's private deployment ("Hedwig on Cloud"), after its API list; every firmware id in it is a number. */
    public static final Dialect TUYA = new Dialect(
            Vendor.of("tuya"),
            "Tuya",
            Capabilities.of(
                            Capability.FIND_MODULE_BY_NAME,
                            Capability.LIST_MODULES,
                            Capability.CREATE_MODULE,
                            Capability.UPDATE_MODULE,
                            Capability.DELETE_MODULE,
                            Capability.FIND_FIRMWARE,
                            Capability.LIST_FIRMWARE,
                            Capability.DELETE_FIRMWARE,
                            Capability.VERIFICATION,
                            Capability.UPDATE_KIND,
                            Capability.CONTENT_IN_LISTS)
                    .without(Capability.FIND_MODULE_BY_ID, "Tuya" + WITHOUT_IDS)
                    .without(Capability.SOFTWARE_PACKAGES, withoutSoftware("Tuya")),
            Map.of(),
            Rules.of(
                    "Tuya", StringConstraint.matching("Tuya firmware id", "[0-9]{1,32}", "a number of 1 to 32 digits")),
            new Remedies(
                    "Check the endpoint, which belongs to one deployment",
                    "Check the product id, and that the endpoint is that of its deployment",
                    "Check the id; ids belong to one deployment",
                    "Give the user of this access key the permission for the operation",
                    "Check the access key",
                    "There is no such API at this address: check the endpoint",
                    "Delete a module first: the product has as many as it may have"));

    private static String withoutSoftware(String platform) {
        return "Keep such a package as that of a module; " + platform
                + " has packages for the whole device and for modules";
    }

    /** Whether it is the vendor's own cloud, with regions, instances and quotas, and no deployment of somebody's. */
    public boolean isCloud() {
        return equals(ALIBABA);
    }
}

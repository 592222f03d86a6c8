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

    /** Chinese and Japanese characters, with the prolonged sound mark. For a character class. */
    private static final String CHINESE_AND_JAPANESE = "\\p{IsHan}\\u3041-\\u3096\\u30a1-\\u30fc";

    /** The constraints for ids, names and texts of a platform. */
    public record Rules(
            StringConstraint firmwareId,
            StringConstraint jobId,
            StringConstraint deviceName,
            StringConstraint moduleName,
            StringConstraint alias,
            StringConstraint description,
            StringConstraint firmwareName,
            StringConstraint firmwareVersion,
            StringConstraint firmwareDescription,
            StringConstraint customInfo,
            StringConstraint fileName) {

        private static Rules of(String vendor, StringConstraint firmwareId, StringConstraint jobId) {
            return new Rules(
                    firmwareId,
                    jobId,
                    // A list file separates names by commas and line breaks.
                    StringConstraint.matching(
                            vendor + " device name",
                            "[^\\s\\p{Cc}\\p{Cs},\"]{1,128}",
                            "1 to 128 characters without white space, commas and quotation marks"),
                    StringConstraint.matching(
                            vendor + " OTA module name",
                            "[a-zA-Z0-9._-]{1,64}",
                            "1 to 64 letters, digits, full stops, underscores and hyphens"),
                    StringConstraint.matching(
                            vendor + " OTA module alias",
                            "[^\\p{Cc}\\p{Cs}]{1,64}",
                            "1 to 64 characters without control characters"),
                    text(vendor + " OTA module description", 100),
                    StringConstraint.matching(
                            vendor + " firmware name",
                            "[a-zA-Z0-9" + CHINESE_AND_JAPANESE + "][a-zA-Z0-9_()" + CHINESE_AND_JAPANESE + "-]{0,39}",
                            "1 to 40 letters, digits, Chinese or Japanese characters, hyphens, underscores and"
                                    + " parentheses, the first of them a letter, a digit, Chinese or Japanese"),
                    StringConstraint.matching(
                            vendor + " firmware version",
                            "[a-zA-Z0-9._-]{1,64}",
                            "1 to 64 letters, digits, full stops, underscores and hyphens"),
                    text(vendor + " firmware description", 100),
                    text(vendor + " custom info", 4096),
                    StringConstraint.matching(
                            vendor + " file name",
                            "[^\\p{Cc}\\p{Cs}]{1,32}",
                            "1 to 32 characters without control characters, if a package has several files"));
        }

        private static StringConstraint text(String subject, int max) {
            return StringConstraint.matching(subject, "[^\\p{Cs}]{1," + max + "}", "1 to " + max + " characters");
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
            String tooManyModules,
            String tooManyPackages) {}

    /** Alibaba Cloud IoT Platform. The format of firmware ids is not documented. */
    public static final Dialect ALIBABA = new Dialect(
            Vendor.of("aliyun"),
            "Alibaba Cloud IoT",
            capabilities("Alibaba", "Alibaba Cloud IoT")
                    .withPackageLimit(new PackageLimit(500, PackageLimit.Scope.ACCOUNT)),
            Map.of("Version", AliyunRequestSigner.API_VERSION, "Format", "JSON", "SignatureVersion", "1.0"),
            Rules.of(
                    "Alibaba",
                    StringConstraint.opaque("Alibaba firmware id", 128),
                    StringConstraint.opaque("Alibaba job id", 128)),
            new ErrorAdvice(
                    "Check instance-id and region, which belong together: set instance-id if the console's overview"
                            + " shows one, and remove it for an old public instance",
                    "Check the product id (or map the name in products), and that instance-id and region are those of its instance",
                    "Check the id; ids belong to one instance and region",
                    "Grant the user of this access key the RAM permission iot:<operation>",
                    "Check the access key, and for temporary keys the security token and its expiry",
                    "There is no such API at this address: check region or endpoint",
                    "Delete a module first: a product can have at most 10 custom modules",
                    "Delete old packages first, for example with ota firmware prune: an account can have at most 500"));

    /** Tuya's private deployment ("Hedwig on Cloud"), from its API list. All firmware ids in it are numbers. */
    public static final Dialect TUYA = new Dialect(
            Vendor.of("tuya"),
            "Tuya",
            capabilities("Tuya", "Tuya")
                    .without(
                            Capability.LIST_DEVICE_GROUPS,
                            "Tuya's API list has no operation that lists device groups; use the console")
                    .without(
                            Capability.SEVERAL_FILES,
                            "Publish a package for each file, or an archive of them; Tuya packages have one file")
                    .without(Capability.FIND_JOB_BY_TOKEN, "List the jobs of the package; Tuya stores no tag of a job")
                    .without(
                            Capability.JOB_TAGS,
                            "Create the job without tags; put the text into the package's custom info")
                    .without(
                            Capability.CONTINUOUS_JOB,
                            "Create another job when devices were added; Tuya's API list has no dynamic job")
                    .without(Capability.JOB_START, "Create the job at the time when it should start")
                    .without(Capability.JOB_END, "Cancel the job at the time when it should end")
                    .without(Capability.JOB_RATE, "Create several jobs for some of the devices each")
                    .without(Capability.REPLACE_TASKS, "Cancel the unfinished job of the devices, then create the job")
                    .without(
                            Capability.RETRY_TASKS,
                            "Create a job for the failed devices; Tuya's API list has no operation that repeats tasks")
                    .without(
                            Capability.UPDATE_JOB,
                            "Cancel the job and create another one; Tuya's API list has no operation that changes jobs"),
            Map.of(),
            Rules.of("Tuya", number("Tuya firmware id"), number("Tuya job id")),
            new ErrorAdvice(
                    "Check the endpoint, which belongs to one deployment",
                    "Check the product id (or map the name in products), and that the endpoint is that of its deployment",
                    "Check the id; ids belong to one deployment",
                    "Grant the user of this access key the permission for the operation",
                    "Check the access key",
                    "There is no such API at this address: check the endpoint",
                    "Delete a module first: the product has the maximum number of modules",
                    "Delete old packages first, for example with ota firmware prune"));

    private static StringConstraint number(String subject) {
        return StringConstraint.matching(subject, "[0-9]{1,32}", "a number of 1 to 32 digits");
    }

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
                        Capability.PUBLISH_FIRMWARE,
                        Capability.SEVERAL_FILES,
                        Capability.UPDATE_FIRMWARE,
                        Capability.DOWNLOAD_FIRMWARE,
                        Capability.LIST_PRODUCTS,
                        Capability.LIST_DEVICE_GROUPS,
                        Capability.FIND_DEVICE,
                        Capability.LIST_DEVICES,
                        Capability.FIND_JOB,
                        Capability.FIND_JOB_BY_TOKEN,
                        Capability.LIST_JOBS,
                        Capability.LIST_JOBS_OF_DEVICE,
                        Capability.LIST_TASKS,
                        Capability.LIST_UNFINISHED_TASKS,
                        Capability.CREATE_JOB,
                        Capability.VERIFY_FIRMWARE,
                        Capability.JOB_FOR_GROUP,
                        Capability.JOB_FOR_ALL,
                        Capability.JOB_FOR_PERCENTAGE,
                        Capability.CONTINUOUS_JOB,
                        Capability.SOURCE_VERSIONS_OF_JOB,
                        Capability.JOB_START,
                        Capability.JOB_END,
                        Capability.JOB_RATE,
                        Capability.JOB_RETRIES,
                        Capability.JOB_TIMEOUT,
                        Capability.CONFIRM_TASKS,
                        Capability.REPLACE_TASKS,
                        Capability.JOB_TAGS,
                        Capability.CANCEL_JOB,
                        Capability.RETRY_TASKS,
                        Capability.UPDATE_JOB,
                        Capability.TASK_PROGRESS,
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
                                + " has packages for the whole device and for modules only")
                .without(
                        Capability.SOURCE_VERSIONS_OF_FULL_IMAGE,
                        "Publish the full image without source versions, and name them in the upgrade job")
                .without(
                        Capability.PUBLISH_STORED_FILE,
                        "Publish a file of this machine; " + platform + " has its own object store")
                .without(
                        Capability.FIND_DEVICES_BY_VERSION,
                        "List the devices of the product, and read the versions of each")
                .without(
                        Capability.JOB_THROUGH_GATEWAYS,
                        "Create the job without it; " + platform + " notifies each device of the job")
                .without(
                        Capability.DELETE_JOB,
                        "Cancel the job; " + platform + " keeps ended jobs as the history of their package")
                .without(
                        Capability.DELETE_STORED_FILE,
                        "Delete the package without its file, which " + platform + " keeps in its own object store")
                .without(
                        Capability.UNFINISHED_UPLOADS,
                        "Publish again; " + platform
                                + " cannot continue an upload, and deletes an unused one by itself");
    }

    /** Whether a job has tags, of which one is the client token. */
    public boolean hasJobTags() {
        return isCloud();
    }

    /** Whether the tasks of devices that are upgrading can be cancelled. The devices go on in either case. */
    public boolean cancelsRunningTasks() {
        return isCloud();
    }

    /** Whether packages can be deltas. All packages of Tuya are full images. */
    public boolean hasDeltas() {
        return isCloud();
    }

    /** Whether this is the vendor's cloud, with regions, instances and quotas, and not a private deployment. */
    public boolean isCloud() {
        return equals(ALIBABA);
    }
}

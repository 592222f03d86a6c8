package io.otabridge.simulators.aliyun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunFirmware.MultiFile;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.objectstore.OssSimulator;
import io.otabridge.simulators.objectstore.StoredObject;
import io.otabridge.simulators.server.Digests;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Creates and modifies packages as described in "GenerateOTAUploadURL", "CreateOTAFirmware" and "ModifyOTAFirmware".
 * The error code for a missing module is not documented. Whether a modification clears omitted members is not
 * documented either; the simulator clears description and custom information, which exposes careless clients.
 */
final class AliyunFirmwareHandler {

    private static final int MAX_PACKAGES = 500;
    private static final int MAX_FILES = 20;
    private static final Duration UPLOAD_LIFETIME = Duration.ofMinutes(60);
    private static final Set<String> SUFFIXES = Set.of("bin", "dav", "apk", "tar", "gz", "tar.gz", "zip", "gzip");
    private static final String LETTER = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fffA-Za-z0-9";
    private static final String NAME = "[" + LETTER + "][" + LETTER + "_()-]{0,39}";
    private static final String VERSION = "[A-Za-z0-9._-]{1,64}";
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final SimulatedDialect dialect;
    private final AliyunStore store;
    private final OssSimulator objects;
    private final Clock clock;
    private long lastId;

    AliyunFirmwareHandler(SimulatedDialect dialect, AliyunStore store, OssSimulator objects, Clock clock) {
        this.dialect = dialect;
        this.store = store;
        this.objects = objects;
        this.clock = clock;
    }

    Either<AliyunError, ObjectNode> generateUploadUrl(AliyunRequest call, String requestId) {
        String suffix = call.parameter("FileSuffix").getOrElse("bin");
        if (!SUFFIXES.contains(suffix)) {
            return Either.left(
                    AliyunError.firmware("InvalidGenerateOTAUploadURLParam", "The file suffix is not supported."));
        }
        OssSimulator.UploadForm form = objects.issueForm(suffix);
        return Either.right(AliyunResponses.uploadForm(
                form, objects.endpoint().toString(), objects.url(form.key()), now(), requestId));
    }

    Either<AliyunError, ObjectNode> create(AliyunRequest call, String requestId) {
        return store.atomically(() -> {
            Option<AliyunError> error = checkTexts(call)
                    .orElse(() -> checkType(call))
                    .orElse(() -> checkProduct(call))
                    .orElse(() -> checkUniqueness(call));
            return error.isDefined()
                    ? Either.left(error.get())
                    : files(call).map(files -> AliyunResponses.created(store(call, files), requestId));
        });
    }

    /** Modifies a package. Returns the error; none on success. */
    Option<AliyunError> modify(AliyunRequest call) {
        return store.atomically(() -> {
            Option<AliyunFirmware> found = store.findFirmware(call.text("FirmwareId"));
            String name = call.parameter("FirmwareName")
                    .getOrElse(found.map(AliyunFirmware::firmwareName).getOrElse(""));
            boolean isRenamed = !found.exists(old -> old.firmwareName().equals(name));
            String udi = call.text(dialect == SimulatedDialect.TUYA ? "Udi" : "FirmwareUdi");
            return Option.when(found.isEmpty(), AliyunError::noSuchFirmware)
                    .orElse(() -> call.parameter("ProductKey")
                            .filter(product -> !found.get().productKey().equals(product))
                            .map(product -> AliyunError.firmware(
                                    "FirmwareAndProductKeyMismatch", "The package is of another product.")))
                    .orElse(() -> checkTexts(name, call.text("FirmwareDesc"), udi))
                    .orElse(() -> Option.when(isRenamed && isTaken(name), AliyunFirmwareHandler::nameTaken))
                    .onEmpty(() -> store.put(found.get()
                            .withTexts(
                                    name,
                                    call.parameter("FirmwareDesc").getOrNull(),
                                    udi.isEmpty() ? null : udi,
                                    now())));
        });
    }

    private static Option<AliyunError> checkTexts(AliyunRequest call) {
        return checkTexts(call.text("FirmwareName"), call.text("FirmwareDesc"), call.text("Udi"))
                .orElse(() -> unless(
                        call.text("DestVersion").matches(VERSION),
                        "IncorrectFormattedFirmwareVersion",
                        "The version must have 1 to 64 letters, digits, dots, hyphens and underscores."));
    }

    private static Option<AliyunError> checkTexts(String name, String description, String udi) {
        return unless(name.matches(NAME), "IncorrectFormattedFirmwareName", "The name of the package is invalid.")
                .orElse(() -> unless(
                        description.codePointCount(0, description.length()) <= 100,
                        "FirmwareDescriptionExceedMaxLength",
                        "The description may have 100 characters."))
                .orElse(() -> unless(
                        udi.length() <= 4096,
                        "ParameterSizeExceedMax",
                        "The custom information may have 4,096 characters."));
    }

    private Option<AliyunError> checkType(AliyunRequest call) {
        String type = call.parameter("Type").getOrElse("0");
        boolean isDelta = type.equals("1");
        String source = call.text("SrcVersion");
        boolean isKnown = type.equals("0") || (isDelta && dialect == SimulatedDialect.ALIBABA);
        return unless(isKnown, "InvalidFirmwareType", "The type of the package is invalid.")
                .orElse(() -> unless(
                        !isDelta || !source.isEmpty(),
                        "SrcVersionIsMandatory",
                        "A delta package must have a source version."))
                .orElse(() -> unless(
                        isDelta || source.isEmpty(),
                        "SrcVersionsNotAllowed",
                        "A full package must not have a source version."))
                .orElse(() -> unless(
                        !isDelta || source.matches(VERSION),
                        "IncorrectFormattedSrcVersion",
                        "The source version is invalid."))
                .orElse(() -> unless(
                        !isDelta || !source.equals(call.text("DestVersion")),
                        "SrcDestVersionMatched",
                        "The source version must not be the version of the package."));
    }

    private Option<AliyunError> checkProduct(AliyunRequest call) {
        String product = call.text("ProductKey");
        return Option.when(!store.hasProduct(product), AliyunError::noSuchProduct)
                .orElse(() -> unless(
                        moduleName(call).equals("default")
                                || store.findModule(product, moduleName(call)).isDefined(),
                        "ModuleNotFound",
                        "The module does not exist."));
    }

    private Option<AliyunError> checkUniqueness(AliyunRequest call) {
        boolean isVersionTaken =
                store.firmware(Option.some(call.text("ProductKey")), Option.some(call.text("DestVersion"))).stream()
                        .anyMatch(other -> other.moduleName().equalsIgnoreCase(moduleName(call))
                                && other.srcVersion().equals(call.text("SrcVersion")));
        return Option.when(isTaken(call.text("FirmwareName")), AliyunFirmwareHandler::nameTaken)
                .orElse(() -> unless(
                        !isVersionTaken,
                        "AlreadyExistedFirmwareVersion",
                        "The module already has a package of this version."))
                .orElse(() -> unless(
                        store.firmware(Option.none(), Option.none()).size() < MAX_PACKAGES,
                        "FirmwareCountExceedMax",
                        "The number of packages exceeds the limit."));
    }

    private boolean isTaken(String name) {
        return store.firmware(Option.none(), Option.none()).stream()
                .anyMatch(other -> other.firmwareName().equals(name));
    }

    private static AliyunError nameTaken() {
        return AliyunError.firmware("AlreadyExistedFirmwareName", "The name of the package already exists.");
    }

    /** Reads the files of a package: one without a name, or several. */
    private Either<AliyunError, List<MultiFile>> files(AliyunRequest call) {
        String method = call.parameter("SignMethod").getOrElse("MD5");
        if (!method.equalsIgnoreCase("MD5")) {
            return invalid("InvalidFirmwareSignMethod", "The digest algorithm must be MD5.");
        }
        if (call.parameter("MultiFiles.1.Name").isEmpty()
                && call.parameter("MultiFiles.1.Url").isEmpty()) {
            return call.parameter("FirmwareUrl").isEmpty()
                    ? invalid("NullFirmwareUrl", "The address of the file is missing.")
                    : file("", call.text("FirmwareUrl"), call.text("FirmwareSize"), call.text("FirmwareSign"))
                            .map(List::of);
        }
        return dialect == SimulatedDialect.TUYA || call.parameter("FirmwareUrl").isDefined()
                ? invalid("InvalidFirmwareUrl", "A package has either one file or several.")
                : multiFiles(call);
    }

    private Either<AliyunError, List<MultiFile>> multiFiles(AliyunRequest call) {
        List<MultiFile> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int number = 1; call.parameter("MultiFiles." + number + ".Url").isDefined(); number++) {
            String prefix = "MultiFiles." + number + ".";
            String name = call.text(prefix + "Name");
            if (name.isEmpty() || name.length() > 32 || !names.add(name) || number > MAX_FILES) {
                return invalid("InvalidFirmware", "A package has up to 20 files with unique names.");
            }
            Either<AliyunError, MultiFile> file = file(
                    name,
                    call.text(prefix + "Url"),
                    call.text(prefix + "Size"),
                    call.parameter(prefix + "SignValue").getOrElse(call.text(prefix + "FileMd5")));
            if (file.isLeft()) {
                return Either.left(file.getLeft());
            }
            files.add(file.get());
        }
        return Either.right(files);
    }

    /** Compares a file with the uploaded object. A size or digest that was not sent is that of the object. */
    private Either<AliyunError, MultiFile> file(String name, String url, String size, String sign) {
        Option<StoredObject> object = objects.keyAt(url)
                .flatMap(objects::find)
                .filter(found ->
                        Duration.between(found.lastModified(), clock.instant()).compareTo(UPLOAD_LIFETIME) <= 0);
        if (object.isEmpty()) {
            return invalid("InvalidFirmwareUrl", "The file was not uploaded within the last 60 minutes.");
        }
        StoredObject found = object.get();
        if (found.size() == 0) {
            return invalid("EmptyFirmwareFile", "The file is empty.");
        }
        if (!size.isEmpty() && !size.equals(String.valueOf(found.size()))) {
            return invalid("InvalidFirmwareSize", "The file has another size.");
        }
        if (!sign.isEmpty() && !sign.equalsIgnoreCase(found.md5())) {
            return invalid("InvalidFirmwareSign", "The file has another digest.");
        }
        return Either.right(new MultiFile(name, found.size(), url, found.md5(), found.md5()));
    }

    private AliyunFirmware store(AliyunRequest call, List<MultiFile> files) {
        String product = call.text("ProductKey");
        AliyunFirmware.Builder builder = AliyunFirmware.builder(newId(product), product, call.text("DestVersion"))
                .firmwareName(call.text("FirmwareName"))
                .productName(store.productName(product).getOrElse(product))
                .moduleName(moduleName(call))
                .status(call.text("NeedToVerify").equalsIgnoreCase("false") ? -1 : 0, 0)
                .times(now(), now());
        if (files.get(0).name().isEmpty()) {
            builder.file(files.get(0).url(), files.get(0).size(), files.get(0).signValue());
        } else {
            builder.multiFiles(files);
        }
        call.parameter("SrcVersion").forEach(builder::deltaFrom);
        call.parameter("FirmwareDesc").forEach(builder::firmwareDesc);
        call.parameter("Udi").forEach(builder::udi);
        AliyunFirmware created = builder.build();
        store.put(created);
        return created;
    }

    /** Returns an unused id. Ids of Tuya are numbers. */
    private String newId(String product) {
        lastId++;
        return dialect == SimulatedDialect.TUYA
                ? String.valueOf(1000 + lastId)
                : Digests.md5Hex("created/" + product + "/" + lastId).substring(0, 22) + "0100";
    }

    private static String moduleName(AliyunRequest call) {
        return call.parameter("ModuleName").getOrElse("default");
    }

    private String now() {
        return MILLIS.format(clock.instant());
    }

    private static Option<AliyunError> unless(boolean isValid, String code, String message) {
        return Option.when(!isValid, () -> AliyunError.firmware(code, message));
    }

    private static <T> Either<AliyunError, T> invalid(String code, String message) {
        return Either.left(AliyunError.firmware(code, message));
    }
}

package io.otabridge.app.migration;

import io.otabridge.app.file.JsonLine;
import io.otabridge.app.file.PrivateFiles;
import io.otabridge.app.migration.MigrationPlan.Planned;
import io.otabridge.app.migration.MigrationReport.Comparison;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The journal of the migrations between two backends: a file of JSON lines, one for each step of a package. A line is on
 * disk before the next step begins. The last line of a package counts. A torn last line, which a killed process leaves
 * behind, is ignored. Safe for use by multiple threads; another process cannot open the same journal.
 */
final class MigrationJournal implements AutoCloseable {

    /**
     * A line of the journal.
     *
     * @param time when the step was complete
     * @param state the step
     * @param planned the package. It has no files before they are copied, and no id on the target before it is created
     */
    record Entry(Instant time, MigrationState state, Planned planned) {

        FirmwareId id() {
            return planned.source().id();
        }

        /** Returns whether the copy was compared like another one, or better. */
        boolean isVerified(Planned other) {
            return state == MigrationState.VERIFIED
                    && planned.copy().equals(other.copy())
                    && (planned.comparison() == Comparison.BYTES || planned.comparison() == other.comparison());
        }
    }

    private static final List<Verification> VERIFICATIONS = List.of(
            Verification.notRequired(),
            Verification.unverified(),
            Verification.verifying(),
            Verification.verified(),
            Verification.failed(),
            Verification.notOffered(),
            Verification.notStated());

    private final RandomAccessFile file;
    private final RandomAccessFile lock;

    private MigrationJournal(RandomAccessFile file, RandomAccessFile lock) {
        this.file = file;
        this.lock = lock;
    }

    /** Returns the directory for the journal and the files of a pair of backends. */
    static Path directory(Path stateDirectory, String from, String to) {
        return stateDirectory.resolve(segment(from)).resolve(segment(to));
    }

    /** Returns the journal of a pair of backends. */
    static Path file(Path stateDirectory, String from, String to) {
        return directory(stateDirectory, from, to).resolve("journal.jsonl");
    }

    private static String segment(String name) {
        StringBuilder segment = new StringBuilder();
        name.codePoints()
                .forEach(c -> segment.append(
                        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
                                ? Character.toString(c)
                                : c == '.' && segment.length() > 0 ? "." : "%" + Integer.toHexString(c)));
        return segment.toString();
    }

    /** Returns the last entry of each package, in the order of their first entries. It needs no lock. */
    static LinkedHashMap<FirmwareId, Entry> read(Path file) throws IOException {
        Map<FirmwareId, Entry> entries = new java.util.LinkedHashMap<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Option<Entry> entry = JsonLine.parse(line).flatMap(MigrationJournal::entry);
                entry.forEach(one -> entries.put(one.id(), one));
            }
        } catch (NoSuchFileException noMigrationYet) {
            // The journal is empty.
        }
        return LinkedHashMap.ofAll(entries);
    }

    /**
     * Opens a journal for appending, creates it if it does not exist, and removes a torn last line.
     *
     * @return the journal; absent if another run has it open
     */
    static Option<MigrationJournal> open(Path file) throws IOException {
        Path lockFile = file.resolveSibling("lock");
        PrivateFiles.createFile(lockFile);
        PrivateFiles.createFile(file);
        RandomAccessFile lock = new RandomAccessFile(lockFile.toFile(), "rw");
        boolean isOpen = false;
        try {
            if (!isLocked(lock)) {
                return Option.none();
            }
            RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
            try {
                removeTornLine(opened);
                isOpen = true;
                return Option.some(new MigrationJournal(opened, lock));
            } finally {
                if (!isOpen) {
                    opened.close();
                }
            }
        } finally {
            if (!isOpen) {
                lock.close();
            }
        }
    }

    /**
     * Locks a file that nothing else opens: a process that closes any stream of a locked file loses its lock on Unix, and
     * the journal is also read.
     */
    private static boolean isLocked(RandomAccessFile lock) throws IOException {
        try {
            return lock.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException lockedByThisProcess) {
            return false;
        }
    }

    private static void removeTornLine(RandomAccessFile file) throws IOException {
        long end = file.length();
        while (end > 0 && byteAt(file, end - 1) != '\n') {
            end--;
        }
        file.setLength(end);
    }

    private static int byteAt(RandomAccessFile file, long position) throws IOException {
        file.seek(position);
        return file.read();
    }

    /** Appends a line, and returns when it is on disk. */
    synchronized void append(Entry entry) throws IOException {
        long end = file.length();
        boolean isComplete = false;
        try {
            file.seek(end);
            file.write((JsonLine.of(line(entry)) + "\n").getBytes(StandardCharsets.UTF_8));
            file.getFD().sync();
            isComplete = true;
        } finally {
            if (!isComplete) {
                file.setLength(end);
            }
        }
    }

    /** Closes the file and releases its lock. */
    @Override
    public void close() throws IOException {
        try (lock) {
            file.close();
        }
    }

    private static Map<String, Object> line(Entry entry) {
        Planned planned = entry.planned();
        FirmwareSummary source = planned.source();
        Map<String, Object> line = new java.util.LinkedHashMap<>();
        line.put("time", entry.time());
        line.put("state", entry.state());
        line.put("firmware", source.id());
        line.put("product", source.product().map(Product::id));
        line.put("target", source.target().code());
        line.put(
                "module",
                source.target() instanceof FirmwareTarget.Module module ? Option.some(module.name()) : Option.none());
        line.put("version", source.version());
        line.put("copy", planned.copy());
        line.put("files", planned.files().map(MigrationJournal::line));
        line.put("losses", planned.losses());
        line.put("comparison", planned.comparison());
        line.put("verification", planned.verification().map(Verification::code));
        return line;
    }

    private static Map<String, Object> line(FirmwareFile file) {
        Map<String, Object> line = new java.util.LinkedHashMap<>();
        line.put("name", file.name());
        line.put("size", file.size());
        line.put("checksums", file.checksums().map(MigrationJournal::line));
        return line;
    }

    private static Map<String, Object> line(Checksum checksum) {
        Map<String, Object> line = new HashMap<>();
        line.put("algorithm", checksum.algorithm());
        line.put("value", checksum.value());
        return line;
    }

    /** Returns the entry in a line; absent if a part of it is missing or invalid. */
    private static Option<Entry> entry(Map<String, Object> line) {
        Option<Instant> time = text(line, "time").flatMap(MigrationJournal::instant);
        Option<MigrationState> state = text(line, "state").flatMap(MigrationState::parse);
        Option<FirmwareId> id =
                text(line, "firmware").flatMap(text -> FirmwareId.parse(text).toOption());
        Option<FirmwareVersion> version = text(line, "version")
                .flatMap(text -> FirmwareVersion.parse(text).toOption());
        if (time.isEmpty() || state.isEmpty() || id.isEmpty() || version.isEmpty()) {
            return Option.none();
        }
        Firmware.Builder source = Firmware.builder(id.get(), version.get()).target(target(line));
        text(line, "product")
                .flatMap(text -> ProductId.parse(text).toOption())
                .forEach(product -> source.product(Product.of(product)));
        Option<FirmwareId> copy =
                text(line, "copy").flatMap(text -> FirmwareId.parse(text).toOption());
        return Option.some(new Entry(
                time.get(),
                state.get(),
                new Planned(
                        FirmwareSummary.of(source.build()),
                        MigrationPlan.Action.VERIFY,
                        Option.none(),
                        copy,
                        files(line.get("files")),
                        items(line.get("losses"), String.class),
                        text(line, "comparison")
                                .flatMap(MigrationJournal::comparison)
                                .getOrElse(Comparison.NONE),
                        text(line, "verification").flatMap(MigrationJournal::verification))));
    }

    private static Option<Comparison> comparison(String name) {
        return List.of(Comparison.values()).find(one -> one.name().equals(name));
    }

    private static Option<Verification> verification(String code) {
        return VERIFICATIONS.find(one -> one.code().equals(code));
    }

    private static Option<Instant> instant(String text) {
        try {
            return Option.some(Instant.parse(text));
        } catch (java.time.format.DateTimeParseException invalid) {
            return Option.none();
        }
    }

    private static FirmwareTarget target(Map<String, Object> line) {
        Option<FirmwareTarget> module = text(line, "module")
                .flatMap(name -> ModuleName.parse(name).toOption())
                .map(FirmwareTarget::module);
        String code = text(line, "target").getOrElse("");
        return module.getOrElse(() -> List.of(FirmwareTarget.wholeDevice(), FirmwareTarget.software())
                .find(target -> target.code().equals(code))
                .getOrElse(FirmwareTarget::notStated));
    }

    private static List<FirmwareFile> files(@Nullable Object value) {
        return items(value, Map.class).map(file -> {
            FirmwareFile.Builder builder = FirmwareFile.builder();
            text(file, "name").forEach(builder::name);
            if (file.get("size") instanceof Number size && size.longValue() >= 0) {
                builder.size(size.longValue());
            }
            items(file.get("checksums"), Map.class)
                    .flatMap(checksum -> text(checksum, "value")
                            .filter(text -> !text.isBlank())
                            .map(digest -> new Checksum(text(checksum, "algorithm"), digest)))
                    .forEach(builder::checksum);
            return builder.build();
        });
    }

    private static <T> List<T> items(@Nullable Object value, Class<T> type) {
        return value instanceof java.util.List<?> list
                ? List.<Object>ofAll(list).filter(type::isInstance).map(type::cast)
                : List.empty();
    }

    private static Option<String> text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text ? Option.some(text) : Option.none();
    }
}

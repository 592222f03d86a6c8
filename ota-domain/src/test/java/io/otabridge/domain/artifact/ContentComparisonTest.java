package io.otabridge.domain.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ContentComparisonTest {

    private static final Artifact ONE = Artifact.of("app.bin", new byte[] {1, 2, 3});
    private static final Artifact OTHER = Artifact.of("app.bin", new byte[] {4, 5, 6});

    @Test
    void nothing_is_known_without_files() {
        expectUnknown(List.empty(), List.empty());
        expectUnknown(List.empty(), List.of(ONE.toFile()));
        expectUnknown(List.of(ONE.toFile()), List.empty());
    }

    @Test
    void an_equal_size_alone_is_not_the_same_content() {
        expectUnknown(file(file -> file.size(3)), file(file -> file.size(3)));
        expectUnknown(file(file -> file), file(file -> file.size(3)));
    }

    @Test
    void placeholders_are_no_digests() {
        Checksum placeholder = Checksum.of("MD5", "0".repeat(32));

        expectUnknown(file(file -> file.checksum(placeholder)), file(file -> file.checksum(placeholder)));
        expectUnknown(file(file -> file.checksum(Checksum.of("-"))), file(file -> file.checksum(Checksum.of("-"))));
        expectUnknown(file(file -> file.checksum(placeholder)), file(file -> file.checksum(ONE.md5())));
    }

    @Test
    void digests_of_different_algorithms_cannot_be_compared() {
        expectUnknown(file(file -> file.checksum(ONE.md5())), file(file -> file.checksum(OTHER.sha256())));
    }

    @Test
    void an_equal_digest_is_the_same_content() {
        expectSame(file(file -> file.checksum(ONE.md5())), file(file -> file.checksum(ONE.md5())));
        expectSame(
                List.of(ONE.toFile()),
                file(file ->
                        file.checksum(Checksum.of("sha256", ONE.sha256().value().toUpperCase(Locale.ROOT)))));
        expectSame(
                file(file -> file.checksum(Checksum.of(ONE.sha256().value()))),
                file(file -> file.checksum(ONE.sha256())));
    }

    @Test
    void a_different_digest_or_size_is_named_with_both_values() {
        expectDifference(
                file(file -> file.checksum(ONE.sha256())),
                file(file -> file.checksum(OTHER.sha256())),
                "SHA-256 " + ONE.sha256().value() + " and " + OTHER.sha256().value());
        expectDifference(
                file(file -> file.size(3).checksum(ONE.md5())),
                file(file -> file.size(4).checksum(ONE.md5())),
                "size 3 and 4 bytes");
    }

    @Test
    void a_different_sha_256_outweighs_an_equal_md5() {
        expectDifference(
                file(file -> file.checksum(ONE.md5()).checksum(ONE.sha256())),
                file(file -> file.checksum(ONE.md5()).checksum(OTHER.sha256())),
                "SHA-256 " + ONE.sha256().value() + " and " + OTHER.sha256().value());
    }

    @Test
    void one_of_several_digests_of_an_algorithm_is_enough() {
        expectSame(
                file(file -> file.checksum(OTHER.md5()).checksum(ONE.md5())), file(file -> file.checksum(ONE.md5())));
    }

    @Test
    void the_name_of_an_only_file_counts_only_if_both_have_one() {
        expectSame(List.of(ONE.toFile()), file(file -> file.checksum(ONE.md5())));
        expectDifference(
                List.of(ONE.toFile()),
                file(file -> file.name("other.bin").checksum(ONE.md5())),
                "file app.bin is only in one");
    }

    @Test
    void several_files_are_compared_by_name_in_any_order() {
        FirmwareFile app = ONE.toFile();
        FirmwareFile font = Artifact.of("font.bin", new byte[] {7}).toFile();
        FirmwareFile otherFont = Artifact.of("font.bin", new byte[] {8}).toFile();

        expectSame(List.of(app, font), List.of(font, app));
        expectDifference(List.of(app, font), List.of(app), "number of files 2 and 1");
        assertThat(ContentComparison.of(List.of(app, font), List.of(app, otherFont))
                        .difference()
                        .get())
                .startsWith("file font.bin: SHA-256 ");
        expectUnknown(
                List.of(app, font),
                List.of(app, FirmwareFile.builder().name("font.bin").build()));
    }

    @Test
    void files_of_the_same_name_are_paired_by_content() {
        List<FirmwareFile> equal = List.of(ONE.toFile(), ONE.toFile());
        List<FirmwareFile> different = List.of(ONE.toFile(), OTHER.toFile());

        expectSame(different, different.reverse());
        assertThat(ContentComparison.of(equal, different).isSame()).isFalse();
        assertThat(ContentComparison.of(different, equal).isSame()).isFalse();
    }

    private static List<FirmwareFile> file(UnaryOperator<FirmwareFile.Builder> fields) {
        return List.of(fields.apply(FirmwareFile.builder()).build());
    }

    private static void expectSame(List<FirmwareFile> one, List<FirmwareFile> other) {
        assertThat(ContentComparison.of(one, other)).isEqualTo(new ContentComparison(Option.none(), true));
        assertThat(ContentComparison.of(other, one).isSame()).isTrue();
    }

    private static void expectUnknown(List<FirmwareFile> one, List<FirmwareFile> other) {
        ContentComparison comparison = ContentComparison.of(one, other);
        assertThat(comparison).isEqualTo(new ContentComparison(Option.none(), false));
        assertThat(comparison.isSame()).isFalse();
    }

    private static void expectDifference(List<FirmwareFile> one, List<FirmwareFile> other, String difference) {
        assertThat(ContentComparison.of(one, other)).isEqualTo(new ContentComparison(Option.some(difference), true));
    }
}

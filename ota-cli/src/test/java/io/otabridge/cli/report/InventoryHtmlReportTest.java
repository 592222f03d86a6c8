package io.otabridge.cli.report;

import static io.otabridge.cli.Inventories.ALIYUN;
import static io.otabridge.cli.Inventories.HOSTILE;
import static io.otabridge.cli.Inventories.NOW;
import static io.otabridge.cli.Inventories.backend;
import static io.otabridge.cli.Inventories.summary;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otabridge.app.BackendInventory;
import io.otabridge.app.Inventory;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.ProductNames;
import io.otabridge.cli.Inventories;
import io.otabridge.cli.InventoryInBrowserTest;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the page as a file; {@link InventoryInBrowserTest} tests it in a browser. */
class InventoryHtmlReportTest {

    @TempDir
    private Path scratch;

    @Test
    void allows_its_own_script_and_style_and_nothing_else() throws NoSuchAlgorithmException {
        String html = page(Inventories.rich());
        assertThat(between(html, "http-equiv=\"Content-Security-Policy\" content=\"", "\">"))
                .isEqualTo("default-src 'none'; style-src '" + hash(between(html, "<style>", "</style>"))
                        + "'; script-src '" + hash(between(html, "<script>", "</script>"))
                        + "'; img-src data:; base-uri 'none'; form-action 'none'");
    }

    @Test
    void contains_no_external_url() {
        String html = page(Inventories.of());
        assertThat(Pattern.compile("(?i)[a-z]+://[^'\"\\s]*|url\\(|@import|src=|href=\"[^\"]*\"")
                        .matcher(html)
                        .results()
                        .map(MatchResult::group))
                .containsExactly("href=\"data:,\"", "http://www.w3.org/2000/svg");
    }

    @Test
    void has_a_generator_marker_near_its_beginning() {
        assertThat(page(Inventories.of()).substring(0, 150))
                .contains("<meta name=\"generator\" content=\"OTA Bridge inventory\">");
    }

    @Test
    void keeps_hostile_text_inside_its_element() throws IOException {
        String html = page(Inventories.rich());
        assertThat(html).doesNotContain("<img").containsPattern("\\{\\{script}}");
        assertThat(Pattern.compile("(?i)<script|</script").matcher(html).results())
                .hasSize(4);
        assertThat(between(html, "application/json\">", "</script>")).doesNotContainPattern("[<>&\u2028\u2029]");
        assertThat(packages(Inventories.rich()).get("hostile").path("name").asText())
                .isEqualTo(TerminalEscaper.of(HOSTILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202egnp.exe", "a\u2028b\u2029c", "\u0000\u001b[2J", "\uD83D", "\u200b"})
    void shows_what_hides_or_reorders(String name) throws Exception {
        Inventory inventory = Inventories.of(backend("b", summary("f", "1", "p", name, b -> b.name(name))));
        assertThat(UTF_8.newEncoder().encode(CharBuffer.wrap(page(inventory))).hasRemaining())
                .isTrue();
        assertThat(packages(inventory).get("f").path("name").asText()).isEqualTo(TerminalEscaper.of(name));
    }

    @Test
    void keeps_line_breaks() throws IOException {
        Inventory inventory = Inventories.of(backend("b", summary("f", "1", "p", null, b -> b.name("a\r\nb"))));
        assertThat(packages(inventory).get("f").path("name").asText()).isEqualTo("a\nb");
    }

    @ParameterizedTest
    @CsvSource({
        "2023-12-31T23:59:59.5Z,          2023-12-31,       500 ms",
        "2024-01-01T00:00:01Z,            2024-01-01,       in 1 s",
        "1970-01-01T00:00:00Z,            1970-01-01,       19723 days",
        "-1000000000-01-01T00:00:00Z,     -1000000000-01-01, 365243239251 days",
        "+1000000000-12-31T23:59:59.999999999Z, +1000000000-12-31, in 365241761114 days",
    })
    void shows_day_and_age(Instant created, String day, String age) throws IOException {
        JsonNode row = created(new VendorTimestamp("text", Option.some(created)));
        assertThat(row.path("created").asText()).isEqualTo(day);
        assertThat(row.path("age").asText()).isEqualTo(age);
        assertThat(row.path("exactly").asText()).isEqualTo(created.toString());
    }

    @Test
    void keeps_a_time_that_cannot_be_read() throws IOException {
        JsonNode row = created(VendorTimestamp.unreadable("31/12/1999"));
        assertThat(row.path("created").asText()).isEqualTo("31/12/1999");
        assertThat(row.path("exactly").asText()).isEqualTo("31/12/1999 (as sent by the vendor)");
        assertThat(row.path("age").isNull()).isTrue();
        assertThat(row.path("seconds").isNull()).isTrue();
    }

    @Test
    void gives_equal_versions_one_rank() throws IOException {
        Map<String, JsonNode> rows = packages(Inventories.of(backend(
                "b",
                plain("a", "v1.0", "p"),
                plain("b", "1.0.0", "p"),
                plain("c", "1.0.0-rc.1", "p"),
                plain("d", "1.10", "p"))));
        assertThat(rows.get("a").path("rank")).isEqualTo(rows.get("b").path("rank"));
        assertThat(rows.get("c").path("rank").asInt())
                .isLessThan(rows.get("a").path("rank").asInt());
        assertThat(rows.keySet()).containsExactly("d", "a", "b", "c");
    }

    @Test
    void labels_a_product_by_its_configured_name() {
        Inventory inventory = named(
                Map.of("Thermo", Map.of("here", ProductId.of("p"), "there", ProductId.of("q"))),
                backend("here", named("1", "p", "Vendor's name")),
                backend("there", named("2", "q", "Another name"), named("3", "p", "Not ours")));
        assertThat(labels(inventory)).containsExactly("Thermo", "Thermo", "Not ours");
    }

    @Test
    void labels_a_product_by_name_if_any_entry_has_one() {
        assertThat(labels(Inventories.of(
                        backend("b", named("1", "p", null), named("2", "p", "Lock"), named("3", "q", null)))))
                .containsExactly("Lock", "Lock", "q");
    }

    @Test
    void distinguishes_products_of_the_same_name() {
        assertThat(labels(Inventories.of(
                        backend("a", named("1", "p", "Lock"), named("2", "q", "Lock")),
                        backend("b", named("3", "r", "Lock")))))
                .containsExactly("Lock (p)", "Lock (q)", "Lock (r)");
        assertThat(labels(named(
                        Map.of("Lock", Map.of("a", ProductId.of("p"))),
                        backend(
                                "a",
                                named("1", "p", "Lock"),
                                named("2", "q", "Lock"),
                                named("3", "r", ProductLabels.NONE)))))
                .containsExactly("Lock", "Lock (q)", ProductLabels.NONE + " (r)");
    }

    @Test
    void treats_ids_with_the_same_canonical_form_as_one_product() {
        BackendInventory huawei = backend("hw", named("1", "AB", "Lock"), named("2", "ab", null));
        BackendInventory aliyun = backend("ali", named("3", "Q", "Lamp"), named("4", "q", null));

        assertThat(labels(ignoringCase("hw", huawei, aliyun))).containsExactly("Lock", "Lock", "Lamp", "q");
        assertThat(labels(ignoringCase("hw", backend("hw", named("1", "AB", null), named("2", "ab", null)))))
                .containsExactly("ab", "ab");
        assertThat(labels(ignoringCase("hw", backend("hw", named("1", "AB", "Lock"), named("2", "ab", "Lock")))))
                .containsExactly("Lock", "Lock");
        assertThat(duplicateNames(ignoringCase(
                        "hw",
                        backend("hw", named("1", "AB", "Lock"), named("2", "ab", null)),
                        backend("ali", named("3", "q", "Lock")))))
                .isEqualTo("products:\n  \"Lock\": { \"hw\": \"ab\", \"ali\": \"q\" }");
    }

    @Test
    void names_products_that_may_be_one() {
        assertThat(duplicateNames(Inventories.of(
                        backend("a", named("1", "q", "Lock"), named("2", "p", "Lock"), named("3", "s", "Lamp")),
                        backend("b", named("4", "r", "Lock"), named("5", "t", "Lamp"), named("6", "u", "Bell")))))
                .isEqualTo("""
                    products:
                      "Lamp": { "a": "s", "b": "t" }
                      "Lock": { "a": "p", "b": "r" } # or "a": "q\"\
                    """);
    }

    @Test
    void names_products_the_configuration_leaves_out() {
        assertThat(duplicateNames(named(
                        Map.of("Lock", Map.of("a", ProductId.of("p"))),
                        backend("a", named("1", "p", "Vendor's name"), named("2", "q", "Lock")),
                        backend("b", named("3", "p", "Lock")))))
                .isEqualTo("products:\n  \"Lock\": { \"a\": \"p\", \"b\": \"p\" }");
    }

    @Test
    void does_not_report_products_that_are_mapped_or_differ() {
        assertThat(duplicateNames(Inventories.of(
                        backend("one name on one", named("1", "p", "Lock"), named("2", "q", "Lock")),
                        backend("no name", named("3", "r", null)),
                        backend("none either", named("4", "s", null)))))
                .isEqualTo("products:");
        assertThat(duplicateNames(Inventories.of(
                        backend("an account", named("1", "p", "Lock")), backend("again", named("2", "p", "Lock")))))
                .isEqualTo("products:");
        assertThat(duplicateNames(named(
                        Map.of("Lock", Map.of("a", ProductId.of("p"), "b", ProductId.of("q"))),
                        backend("a", named("1", "p", "Lock"), named("2", "r", "Lock")),
                        backend("b", named("3", "q", "Lock"), named("4", "s", ProductLabels.NONE)))))
                .isEqualTo("products:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thermometer",
                "Smart Thermometer",
                "温度计 2",
                "a \"quoted\" 'name'",
                "a: b",
                "a #b",
                "*&!%@`|>-?[]{},",
                "007",
                "null",
                "true",
                "~",
                "${HOME}",
                "$${x",
                "back\\slash\\n",
                "a\nb\r\n",
                "\u0000\u001b[2J\u0085\u2028\ufeff\u202e\ud800",
                " ",
                "\ud83c\udf38 flower",
            })
    void writes_products_that_the_configuration_accepts(String name) throws IOException {
        String id = name.replaceAll("[\\s\\p{C}\\p{Z}]", "");
        String first = id.isEmpty() ? "p" : id;
        String yaml = duplicateNames(Inventories.of(
                backend("a", named("1", first, name), named("2", "p2", name + "\n" + name)),
                backend("b", named("3", first + "${x}", name), named("4", "p4", name + "\n" + name))));

        Path file = Files.writeString(
                scratch.resolve("ota.yaml"),
                "default: a\nbackends:\n  a: { vendor: memory }\n  b: { vendor: memory }\n" + yaml);
        try (OtaBridge ota = OtaBridge.load(file)) {
            assertThat(ota.products().names()).hasSize(2);
            assertThat(ota.products().names().flatMap(product -> ota.products().id(product, "a")))
                    .containsExactlyInAnyOrder(ProductId.of(first), ProductId.of("p2"));
            assertThat(ota.products().names().flatMap(product -> ota.products().id(product, "b")))
                    .containsExactlyInAnyOrder(ProductId.of(first + "${x}"), ProductId.of("p4"));
        }
    }

    @Test
    void keeps_names_apart_that_differ_in_invisible_characters() throws IOException {
        String yaml = duplicateNames(Inventories.of(
                backend("a", named("1", "p1", "x".repeat(200)), named("2", "p2", "x".repeat(201))),
                backend("b", named("3", "q1", "x".repeat(200)), named("4", "q2", "x".repeat(201)))));

        assertThat(yaml.lines()).hasSize(3).doesNotHaveDuplicates();
        assertThat(yaml).contains("\"" + "x".repeat(128) + "\": ", "\"" + "x".repeat(120) + " 2\": ");
    }

    private static String page(Inventory inventory) {
        return InventoryHtmlReport.html(inventory, NOW);
    }

    private static Inventory named(Map<String, Map<String, ProductId>> names, BackendInventory... backends) {
        return new Inventory(List.of(backends), List.empty(), ProductNames.of(names), false);
    }

    /** An inventory in which one backend compares product ids ignoring case. */
    private static Inventory ignoringCase(String backend, BackendInventory... backends) {
        return new Inventory(
                List.of(backends),
                List.empty(),
                ProductNames.of(
                        Map.of(), Map.of(backend, id -> ProductId.of(id.value().toLowerCase(Locale.ROOT)))),
                false);
    }

    private static FirmwareSummary plain(String id, String version, String product) {
        return summary(id, version, product, null, b -> b);
    }

    private static FirmwareSummary named(String id, String product, String name) {
        return summary(id, "1", product, name, b -> b);
    }

    private static JsonNode created(VendorTimestamp time) throws IOException {
        FirmwareSummary firmware = summary("f", "1", "p", null, b -> b.created(time));
        return packages(Inventories.of(Inventories.inventory("b", ALIYUN, List.of(firmware), Option.none())))
                .get("f");
    }

    private static java.util.List<String> labels(Inventory inventory) {
        java.util.List<String> labels = new ArrayList<>();
        InventoryReportModel.of(inventory, NOW)
                .path("packages")
                .forEach(row -> labels.add(row.path("product").asText()));
        return labels;
    }

    /** Returns the configuration lines for products that may be one. */
    private static String duplicateNames(Inventory inventory) {
        return ProductsYamlWriter.of(ProductLabels.of(inventory).duplicateNames());
    }

    /** Returns the packages of the page by id, in the order of the page. */
    private static Map<String, JsonNode> packages(Inventory inventory) throws IOException {
        Map<String, JsonNode> rows = new LinkedHashMap<>();
        new ObjectMapper()
                .readTree(between(page(inventory), "application/json\">", "</script>"))
                .path("packages")
                .forEach(row -> rows.put(row.path("id").asText(), row));
        return rows;
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private static String hash(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}

package io.otabridge.cli;

import static io.otabridge.cli.Inventories.HOSTILE;
import static io.otabridge.cli.Inventories.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.otabridge.app.Inventory;
import io.otabridge.cli.report.InventoryHtmlReport;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.firmware.FirmwareSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the page in a browser with mouse and keyboard. Every test checks that the page sends no requests and logs no errors. */
@Timeout(120)
public class InventoryInBrowserTest {

    private static final String MISSING = "There is no browser to try the page in: install the package chromium,"
            + " or name a Chromium or Chrome in the environment variable CHROMIUM";
    private static final String HOSTILE_SHOWN = TerminalEscaper.of(HOSTILE);

    /** JavaScript functions for the luminance of colours and the contrast of an element. */
    private static final String COLOURS = """
        var numbers = text => text.match(/[0-9.]+/g).map(Number);
        var light = colour => numbers(colour).slice(0, 3).map(n => n / 255)
            .map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
            .reduce((sum, n, i) => sum + n * [0.2126, 0.7152, 0.0722][i], 0);
        var back = e => { const own = getComputedStyle(e).backgroundColor;
            return numbers(own)[3] === 0 && e.parentElement ? back(e.parentElement) : own; };
        var colours = e => [back(e), getComputedStyle(e).color];
        var contrast = e => { const [a, b] = colours(e).map(light).sort((x, y) => y - x);
            return (a + 0.05) / (b + 0.05); };
        """;

    private static Chromium browser;

    @TempDir
    private static Path profile;

    @TempDir
    private Path scratch;

    private Tab tab;

    @BeforeAll
    static void start() throws IOException {
        Path executable = Chromium.find(System.getenv()).orElse(null);
        if (executable != null) {
            browser = Chromium.start(executable, profile);
        } else if ("true".equals(System.getenv("CI"))) {
            fail(MISSING);
        } else {
            // Surefire does not print the reason of a skipped test.
            System.err.println(MISSING);
            abort(MISSING);
        }
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openTab() {
        tab = new Tab(browser);
    }

    @AfterEach
    void sends_no_requests_and_logs_no_errors() {
        List<String> complaints = tab.complaints();
        List<String> requests = tab.requests();
        tab.close();
        assertThat(complaints).isEmpty();
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(address -> assertThat(address)
                        .satisfiesAnyOf(
                                file -> assertThat(file).startsWith(page().toString()),
                                nothing -> assertThat(nothing).isEqualTo("data:,")));
    }

    @Test
    void shows_the_figures() {
        open(Inventories.rich());
        assertThat(tab.texts("#figures dd")).containsExactly("10", "5", "3", "1", "0", "4");
        assertThat(tab.texts("#figures dt"))
                .containsExactly(
                        "packages, at least",
                        "products",
                        "backends",
                        "failed",
                        "newest versions differ",
                        "not verified");
        assertThat(tab.texts("header p")).containsExactly("as of 2024-01-01 00:00 UTC");
        assertThat(tab.evaluate("document.title").asText()).isEqualTo("Firmware inventory, 2024-01-01 00:00 UTC");
    }

    @Test
    void shows_which_backend_failed_and_what_to_do() {
        open(Inventories.rich());
        assertThat(tab.texts("#failures h2"))
                .containsExactly("Backend ali-legacy (aliyun) failed: 1 package is listed, there may be more");
        assertThat(tab.texts("#failures dd"))
                .containsExactly(
                        "RateLimited happened",
                        "Slow\\u001b[2J down (code X.1, HTTP 429, request id req-1)",
                        "Do something about it; the vendor asks to wait 30 s");
    }

    @Test
    void has_no_banner_without_failures() {
        open(Inventories.large(12, 1));
        assertThat(tab.texts("#failures *")).isEmpty();
        assertThat(tab.texts("#figures dt"))
                .containsExactly("packages", "product", "backends", "failed", "newest versions differ", "not verified");
    }

    @Test
    void lists_every_package_with_all_fields() {
        open(Inventories.rich());
        assertThat(row("ali-210"))
                .containsExactly(
                        "Thermostat Plus",
                        "ali-cn aliyun",
                        "ali-210",
                        "module MCU",
                        "2.10.0",
                        "–",
                        "delta from 2.9.0",
                        "verifying (40 %)",
                        "91.0 KiB",
                        "2023-12-31",
                        "4 h");
        assertThat(row("old"))
                .containsExactly(
                        "no product stated",
                        "ali-legacy aliyun",
                        "old",
                        "not stated",
                        "0.9.0-rc.1",
                        "–",
                        "not stated",
                        "unknown (\"9\")",
                        "–",
                        "–",
                        "–");
        assertThat(tab.texts("#shown")).containsExactly("10 of 10 packages.");
    }

    @Test
    void draws_a_bar_for_each_product_with_segments_for_backends() {
        open(Inventories.rich());
        assertThat(bars())
                .containsExactly(
                        "Thermostat Plus | hw-prod: 2, ali-cn: 2 | 4",
                        "Door lock | ali-cn: 2 | 2",
                        HOSTILE_SHOWN + " | hw-prod: 1 | 1",
                        "a1Meter | ali-cn: 1 | 1",
                        "no product stated | ali-legacy: 1 | 1",
                        "摄像头 Pro | hw-prod: 1 | 1");
        assertThat(percents("#bars li:nth-child(1) rect")).containsExactly(50, 50);
        assertThat(percents("#bars li:nth-child(2) rect")).containsExactly(50);
        assertThat(tab.texts("#legend li"))
                .containsExactly("hw-prod (huawei) 4", "ali-cn (aliyun) 5", "ali-legacy (aliyun) 1, failed");
    }

    @Test
    void draws_the_largest_bars_until_all_are_requested() {
        open(Inventories.large(120, 60));
        assertThat(bars()).hasSize(16);
        assertThat(tab.texts("#more-bars")).containsExactly("Show 44 more products");
        tab.click("#more-bars");
        assertThat(bars()).hasSize(60);
        tab.click("#more-bars");
        assertThat(bars()).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource({
        "摄像头, camera",
        "MCU verifying, ali-210",
        "dOOR 1.0.0, lock-1",
        "2.0 kib, lock-2",
        "a1lock failed, lock-1",
        "2022-02-11T12, camera",
        "onerror, hostile",
        "mcu failed,",
        "missing,",
    })
    void finds_words_in_any_column(String words, String id) {
        open(Inventories.rich());
        tab.click("#find");
        tab.type(words);
        assertThat(ids()).isEqualTo(id == null ? List.of() : List.of(id));
        assertThat(bars()).hasSize(id == null ? 0 : 1);
        assertThat(tab.texts("#shown"))
                .containsExactly(id == null ? "No package matches the filter." : "1 of 10 packages.");
    }

    @Test
    void applies_filters_until_they_are_cleared() {
        open(Inventories.rich());
        choose("#product", "Thermo");
        assertThat(ids()).containsExactly("hw-210", "hw-29", "ali-210", "ali-29");
        choose("#backend", "ali-cn");
        assertThat(bars()).containsExactly("Thermostat Plus | ali-cn: 2 | 2");
        choose("#state", "verified");
        assertThat(ids()).containsExactly("ali-29");
        assertThat(tab.texts("#legend li")).startsWith("hw-prod (huawei) 0", "ali-cn (aliyun) 1");

        tab.click("#clear");
        assertThat(ids()).hasSize(10);
        assertThat(bars()).hasSize(6);
        assertThat(tab.evaluate("document.getElementById('product').value").asText())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Version,      hostile meter old camera lock-1 lock-2 hw-29 ali-29 hw-210 ali-210, "
                + "hw-210 ali-210 hw-29 ali-29 lock-2 camera lock-1 old meter hostile",
        "Size,         lock-1 lock-2 ali-210 ali-29 hw-210 hw-29 camera hostile meter old, "
                + "ali-29 ali-210 lock-2 lock-1 hw-210 hw-29 camera hostile meter old",
        "Created,      camera hw-29 ali-29 hw-210 lock-1 lock-2 ali-210 hostile meter old, "
                + "ali-210 lock-2 lock-1 hw-210 ali-29 hw-29 camera hostile meter old",
        "Age,          ali-210 lock-2 lock-1 hw-210 ali-29 hw-29 camera hostile meter old, "
                + "camera hw-29 ali-29 hw-210 lock-1 lock-2 ali-210 hostile meter old",
        "Verification, lock-1 hw-210 hw-29 camera hostile meter old lock-2 ali-29 ali-210, "
                + "ali-210 ali-29 lock-2 old meter hw-210 hw-29 camera hostile lock-1",
        "Id,           ali-29 ali-210 camera hostile hw-29 hw-210 lock-1 lock-2 meter old, "
                + "old meter lock-2 lock-1 hw-210 hw-29 hostile camera ali-210 ali-29",
    })
    void sorts_by_value_in_both_directions(String column, String up, String down) {
        open(Inventories.rich());
        String header = header(column);
        tab.click(header);
        assertThat(ids()).containsExactly(up.split(" "));
        assertThat(sorting()).containsExactly(column + " ascending");
        tab.click(header);
        assertThat(ids()).containsExactly(down.split(" "));
        assertThat(sorting()).containsExactly(column + " descending");
    }

    @Test
    void is_sorted_with_the_keyboard_alone() {
        open(Inventories.rich());
        assertThat(sorting()).containsExactly("Product ascending");
        tab.focus("#columns th:first-child button");
        tab.press("Tab");
        tab.press("Enter");
        assertThat(sorting()).containsExactly("Backend ascending");
        tab.press("Enter");
        assertThat(sorting()).containsExactly("Backend descending");
        assertThat(ids()).startsWith("hw-210", "hw-29");
    }

    @Test
    void keeps_the_view_in_the_address() {
        open(Inventories.rich());
        tab.click("#find");
        tab.type("mcu");
        choose("#product", "Thermo");
        choose("#backend", "ali-cn");
        tab.click(header("Size"));
        tab.click(header("Size"));
        tab.await("location.hash === '#q=mcu&product=Thermostat+Plus&backend=ali-cn&sort=-size'");

        String hash = tab.evaluate("location.hash").asText();
        tab.open("about:blank");
        open(Inventories.rich(), hash);
        assertThat(ids()).containsExactly("ali-29", "ali-210");
        assertThat(sorting()).containsExactly("Size descending");
        assertThat(bars()).containsExactly("Thermostat Plus | ali-cn: 2 | 2");

        tab.click("#clear");
        tab.await("location.hash === '#sort=-size'");
    }

    @Test
    void follows_an_address_that_changes() {
        open(Inventories.rich());
        tab.evaluate("location.hash = 'verification=failed'");
        tab.await("document.querySelectorAll('#rows tr').length === 1");
        assertThat(ids()).containsExactly("lock-1");
    }

    @ParameterizedTest
    @CsvSource({
        "#product=gone&backend=gone&verification=gone&sort=gone",
        "#sort=-",
        "#sort=--size",
        "#%",
        "#q=&product",
        "#__proto__=1&sort=constructor"
    })
    void ignores_filters_of_an_old_address_that_do_not_exist(String hash) {
        open(Inventories.rich(), hash);
        assertThat(ids()).hasSize(10);
    }

    @Test
    void shows_hostile_text_as_text() {
        open(Inventories.rich());
        assertThat(row("hostile"))
                .startsWith(
                        HOSTILE_SHOWN,
                        "hw-prod huawei",
                        "hostile",
                        "unknown (\"" + HOSTILE_SHOWN + "\")",
                        HOSTILE_SHOWN)
                .contains("unknown (\"" + HOSTILE_SHOWN + "\")");
        choose("#product", "</script");
        assertThat(ids()).containsExactly("hostile");
        tab.await("location.hash.length > 1");
        assertThat(tab.evaluate("document.querySelectorAll('img, iframe, script[src], [onerror], [style]').length")
                        .asInt())
                .isZero();
        assertThat(tab.evaluate("document.scripts.length").asInt()).isEqualTo(2);
        assertThat(tab.evaluate("document.title").asText()).startsWith("Firmware inventory");
    }

    @Test
    void lists_many_packages_in_parts() {
        open(Inventories.large(20_000, 300));
        assertThat(tab.texts("#shown")).containsExactly("20,000 of 20,000 packages; the first 200 are listed.");
        assertThat(ids()).hasSize(200);
        tab.click("#more-rows");
        assertThat(ids()).hasSize(400).doesNotHaveDuplicates();
        tab.click("#find");
        tab.type("f-19999");
        assertThat(ids()).containsExactly("f-19999");
        assertThat(tab.texts("#more-rows")).isEmpty();
    }

    @Test
    void states_that_there_are_no_packages() {
        open(Inventories.of(Inventories.backend("prod")));
        assertThat(tab.texts("#nothing")).containsExactly("No backend has firmware packages.");
        assertThat(tab.texts("#report *")).isEmpty();
        assertThat(tab.texts("#figures dd")).containsExactly("0", "0", "1", "0", "0", "0");
    }

    @Test
    void distinguishes_failures_from_no_packages() {
        open(Inventories.of(Inventories.failed("prod", "Unavailable")));
        assertThat(tab.texts("#nothing")).containsExactly("All backends failed.");
        assertThat(tab.texts("#failures h2"))
                .containsExactly("Backend prod (aliyun) failed: none of its packages are listed");
        open(Inventories.of(Inventories.failed("prod", "Unavailable"), Inventories.backend("test")));
        assertThat(tab.texts("#nothing")).containsExactly("The backends that did not fail have no firmware packages.");
    }

    @ParameterizedTest
    @CsvSource({"light, 1", "dark, -1"})
    void is_readable_in_light_and_dark(String scheme, int paperBeforeInk) {
        tab.prefer("prefers-color-scheme", scheme);
        open(Inventories.rich());
        assertThat(Integer.signum(tab.evaluate(COLOURS + "(() => { const [paper, ink] = colours(document.body);"
                                + " return Math.round(1000 * (light(paper) - light(ink))); })()")
                        .asInt()))
                .isEqualTo(paperBeforeInk);
        // The minimum contrast of text in the Web Content Accessibility Guidelines 2.2.
        assertThat(tab.evaluate(COLOURS
                        + "[...document.querySelectorAll('h1, h2, h3, header p, #failures *, #figures *, #notes *,"
                        + " label, option, #newest *, #newest, .panel *, #rows td, #shown, #bars span, #legend *, th"
                        + " button, td, .badge, .absent, footer')].filter(e => contrast(e) < 4.5).map(e =>"
                        + " e.outerHTML)"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "390, light",
        "390, dark",
        "620, light",
        "621, light",
        "1000, dark",
        "1001, dark",
        "1100, light",
        "1100, dark",
        "1280, light",
        "1280, dark"
    })
    void cuts_nothing(int width, String scheme) {
        tab.width(width);
        tab.prefer("prefers-color-scheme", scheme);
        for (Inventory inventory : List.of(
                Inventories.rich(),
                Inventories.differing(),
                Inventories.duplicateNames(),
                Inventories.wide(9),
                Inventories.large(300, 60))) {
            open(inventory);
            assertThat(strings("[...document.querySelectorAll('body *')].filter(e => e.getClientRects().length"
                            + " && !e.closest('svg, select')).filter(e => {"
                            + " const box = e.getBoundingClientRect(), style = getComputedStyle(e);"
                            + " return box.left < 0 || box.right > document.documentElement.clientWidth + 0.5"
                            + " || style.display !== 'inline' && e.tagName !== 'INPUT' && e.clientWidth > 0"
                            + " && e.scrollWidth > e.clientWidth"
                            + " || style.textOverflow === 'ellipsis';"
                            + " }).map(e => e.outerHTML.slice(0, 200))"))
                    .isEmpty();
            assertThat(tab.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
                            .asBoolean())
                    .isFalse();
        }
    }

    @Test
    void shows_the_newest_version_on_each_backend_and_the_differences_first() {
        open(Inventories.differing());
        assertThat(tab.texts("#newest summary"))
                .containsExactly(
                        "Newest versions differ 1",
                        "Versions that cannot be compared 1",
                        "Same newest version on every backend 1");
        assertThat(tab.texts("#newest > p").get(0).strip())
                .isEqualTo("On several backends: 3 products and modules. Newest version different: 1. The content of"
                        + " packages is not compared; ota diff compares it.");
        assertThat(matrix())
                .containsExactly(
                        "Thermometer | module MCU | 2.10.0 | 2.9.0 verified older | no package | –",
                        "Thermometer | module modem | stable | 1.4 verified | 1.4 verified | –",
                        "Camera | the whole device | v1.0 | 1.0.0 verified | – | –");
        assertThat(tab.texts("#figures .wait")).containsExactly("newest version differs1");
    }

    @Test
    void shows_the_first_rows_until_all_are_requested() {
        open(Inventories.large(300, 60));
        assertThat(visibleRows()).isEqualTo(20);
        assertThat(tab.texts(".more summary")).containsExactly("40 more");
        tab.click(".more summary");
        assertThat(visibleRows()).isEqualTo(60);
    }

    @Test
    void shows_what_is_not_known_because_a_backend_failed() {
        open(Inventories.rich());
        assertThat(tab.texts(".matrix th:nth-child(5)").get(0)).isEqualTo("ali-legacy aliyun failed");
        assertThat(matrix())
                .contains(
                        "Thermostat Plus | module MCU | 2.10.0 | 2.10.0 verifying (40 %) | –",
                        "Door lock | the whole device | – | 1.0.1 unverified | not known",
                        "no product stated | not stated | – | – | 0.9.0-rc.1 unknown (\"9\") incomplete list");
    }

    @Test
    void names_the_failure_if_every_backend_failed() {
        open(Inventories.of(Inventories.failed("prod", "Unavailable")));
        assertThat(tab.texts("#failures dd")).startsWith("Unavailable happened");
        assertThat(tab.texts("#verification p")).containsExactly("Not known, because the backend failed.");
        assertThat(tab.texts("#quota p")).containsExactly("Not known, because the backend failed.");
    }

    @Test
    void shows_what_is_not_verified() {
        open(Inventories.rich());
        assertThat(tab.texts("#verification h3"))
                .containsExactly("hw-prod (huawei)", "ali-cn (aliyun)", "ali-legacy (aliyun)");
        assertThat(tab.texts("#verification p"))
                .containsExactly(
                        "Not applicable: Huawei has no verification; roll out to a few devices first.",
                        "3 of 5 packages.",
                        "1 of 1 package.");
        assertThat(tab.texts("#verification li"))
                .extracting(String::strip)
                .containsExactly(
                        "Door lock, the whole device: 1.0.0 failed",
                        "Door lock, the whole device: 1.0.1 unverified",
                        "Thermostat Plus, module MCU: 2.10.0 verifying (40 %)",
                        "no product stated, not stated: 0.9.0-rc.1 unknown (\"9\")");
        open(Inventories.differing());
        assertThat(tab.texts("#verification p"))
                .contains("None: all listed packages are verified or need no verification.", "No packages.");
    }

    @Test
    void shows_the_quota_that_is_used() {
        open(Inventories.rich());
        assertThat(tab.texts("#quota p"))
                .containsExactly(
                        "4 of 200 packages in the resource space",
                        "5 of 500 packages in the account",
                        "At least 1 of 500 packages in the account");
        assertThat(percents("#quota rect")).containsExactly(2, 1, 0);
    }

    @Test
    void shows_no_quota_of_a_part_of_the_packages() {
        Inventory all = Inventories.rich();
        open(new Inventory(all.backends(), all.skipped(), all.products(), true));
        assertThat(tab.texts("#quota p"))
                .containsExactly("Not known, because only some of the packages were requested.");
        assertThat(tab.texts("#newest > p").get(0)).endsWith("Only the requested packages were compared.");
    }

    @Test
    void works_without_scripts() {
        tab.disableScripts();
        open(Inventories.rich());
        assertThat(tab.texts("#failures h2")).hasSize(1);
        assertThat(tab.texts("#figures dd")).startsWith("10");
        assertThat(matrix()).hasSize(6);
        assertThat(tab.texts("#plain tbody tr")).hasSize(10);
        assertThat(tab.texts("#plain tbody tr").get(0)).contains("hw-210", "2.10.0");
        assertThat(tab.texts("#report *")).isEmpty();
    }

    @Test
    void fits_a_narrow_screen() {
        tab.width(390);
        open(Inventories.rich());
        assertThat(tab.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(390);
        tab.click("#columns th:last-child button");
        assertThat(sorting()).containsExactly("Age ascending");
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 1400, 2000})
    void shows_every_column_on_a_wide_screen(int width) {
        tab.width(width);
        for (Inventory inventory :
                List.of(Inventories.duplicateNames(), Inventories.rich(), Inventories.large(300, 60))) {
            open(inventory);
            assertThat(tab.texts("#columns th"))
                    .containsExactly(
                            "Product",
                            "Backend",
                            "Id",
                            "Target",
                            "Version",
                            "Name",
                            "Kind",
                            "Verification",
                            "Size",
                            "Created",
                            "Age");
            assertThat(strings(
                            "[...document.querySelectorAll('#columns th button, #rows td, #rows td *')].filter(e => {"
                                    + " const box = e.getBoundingClientRect(), page = document.documentElement;"
                                    + " return box.left < 0 || box.right > page.clientWidth"
                                    + " || getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth;"
                                    + " }).map(e => e.outerHTML)"))
                    .isEmpty();
            assertThat(strings("['html', '#scroll'].filter(each => { const e = document.querySelector(each);"
                            + " return e.scrollWidth > e.clientWidth || getComputedStyle(e).overflowY === 'auto'; })"))
                    .isEmpty();
        }
    }

    @Test
    void keeps_the_headers_in_sight() {
        tab.width(1280);
        open(Inventories.large(300, 60));
        tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
        tab.await("scrollY > 1000");
        assertThat(tab.evaluate("document.querySelector('#columns th').getBoundingClientRect().top")
                        .asInt())
                .isZero();
    }

    @Test
    void selects_an_id_whole() {
        open(Inventories.duplicateNames());
        tab.click("#rows td.id div");
        assertThat(ids()).contains(tab.evaluate("getSelection().toString()").asText());
    }

    @Test
    void shows_the_vendor_if_the_backend_name_does_not() {
        open(Inventories.duplicateNames());
        assertThat(tab.texts("#rows td:nth-child(2)")).containsExactly("prod huawei", "aliyun-cn-legacy-public");
    }

    @ParameterizedTest
    @ValueSource(ints = {420, 800, 1280})
    void shows_names_of_bars_whole_and_aligned(int width) {
        tab.width(width);
        open(Inventories.duplicateNames());
        assertThat(tab.texts("#bars .label"))
                .containsExactly("Camera Pro (62beece3a4170dbcc429e6cb)", "Camera Pro (a1IHv9B9R7W)");
        assertThat(strings("[...document.querySelectorAll('#bars .label')].flatMap(e => {"
                        + " const text = document.createRange(); text.selectNodeContents(e);"
                        + " const own = e.getBoundingClientRect(), all = text.getBoundingClientRect();"
                        + " return [Math.round(own.right - all.right), all.left < own.left - 1, all.top < own.top,"
                        + " all.bottom > own.bottom].map(String); })"))
                .containsExactly("0", "false", "false", "false", "0", "false", "false", "false");
    }

    @Test
    void cuts_long_names_of_bars_in_the_middle() {
        String name = "摄像头".repeat(40);
        open(Inventories.of(Inventories.backend(
                "b",
                Inventories.summary("1", "1", "p", name + " 1", b -> b),
                Inventories.summary("2", "1", "q", name + " 2", b -> b))));
        assertThat(tab.texts("#bars .label"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(label -> assertThat(label).hasSize(96).contains("…").startsWith("摄像头"));
    }

    @Test
    void shows_how_to_map_products_of_the_same_name() {
        open(Inventories.duplicateNames());
        assertThat(tab.texts("#figures dd")).containsExactly("2", "2", "2", "0", "0", "1");
        assertThat(tab.texts("#notes summary"))
                .containsExactly(
                        "Several backends have a product named Camera Pro, each with a different id. They are counted"
                                + " as separate products. If they are the same product, give them a common name in the"
                                + " configuration:");
        assertThat(tab.texts("#notes pre")).containsExactly("""
            products:
              "Camera Pro": { "prod": "62beece3a4170dbcc429e6cb", "aliyun-cn-legacy-public": "a1IHv9B9R7W" }\
            """);
    }

    @Test
    void lists_the_first_names_until_all_are_requested() {
        FirmwareSummary[] here = new FirmwareSummary[7];
        FirmwareSummary[] there = new FirmwareSummary[7];
        for (int n = 0; n < 7; n++) {
            here[n] = Inventories.summary("f" + n, "1", "p" + n, "Lock " + n, b -> b);
            there[n] = Inventories.summary("g" + n, "1", "q" + n, "Lock " + n, b -> b);
        }
        open(Inventories.of(Inventories.backend("here", here), Inventories.backend("there", there)));
        assertThat(tab.texts("#notes summary").get(0))
                .contains("named Lock 0, Lock 1, Lock 2, Lock 3, Lock 4 or 2 more,");
        assertThat(tab.texts("#notes details[open]")).isEmpty();
        tab.click("#notes summary");
        assertThat(tab.texts("#notes details[open] pre").get(0))
                .endsWith("\"Lock 6\": { \"here\": \"p6\", \"there\": \"q6\" }");
    }

    @Test
    void has_no_note_without_duplicate_names() {
        open(Inventories.rich());
        assertThat(tab.texts("#notes *")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b | Skipped: backend b. The configuration has no id of the requested product for it.",
                "b c d | Skipped: backends b, c and d."
                        + " The configuration has no id of the requested product for them.",
            })
    void shows_which_backends_were_skipped(String names, String note) {
        for (Inventory inventory : List.of(Inventories.rich(), Inventories.of())) {
            open(new Inventory(inventory.backends(), names(names), inventory.products(), inventory.isFiltered()));
            assertThat(tab.texts("#notes p")).containsExactly(note);
        }
    }

    private static io.vavr.collection.List<String> names(String blankSeparated) {
        return io.vavr.collection.List.of(blankSeparated.split(" "));
    }

    private void open(Inventory inventory) {
        open(inventory, "");
    }

    private void open(Inventory inventory, String hash) {
        open(InventoryHtmlReport.html(inventory, NOW), hash);
    }

    private void open(String html, String hash) {
        try {
            Files.writeString(scratch.resolve("page.html"), html);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tab.open(page() + hash);
    }

    private URI page() {
        return scratch.resolve("page.html").toUri();
    }

    /** Selects the first option with this beginning, with the keyboard. */
    private void choose(String select, String beginning) {
        tab.focus(select);
        tab.type(beginning);
    }

    private List<String> ids() {
        return tab.texts("#rows td.id");
    }

    /** Returns the selector of the sort button of a column. */
    private String header(String column) {
        return "#columns th:nth-child(" + (tab.texts("#columns th").indexOf(column) + 1) + ") button";
    }

    private List<String> row(String id) {
        return tab.texts("#rows tr:nth-child(" + (ids().indexOf(id) + 1) + ") td");
    }

    /** Returns label, segments and sum of each bar. */
    private List<String> bars() {
        return strings("[...document.querySelectorAll('#bars li')].filter(e => e.getClientRects().length)"
                + ".map(bar => [bar.children[0].textContent, bar.children[1].getAttribute('aria-label'),"
                + " bar.children[2].textContent].join(' | '))");
    }

    /** Returns the share of the bar's width of each element on the screen. */
    private List<Integer> percents(String rectangles) {
        return strings("[...document.querySelectorAll('" + rectangles + "')].map(part => String(Math.round("
                        + "100 * part.getBoundingClientRect().width"
                        + " / part.parentElement.getBoundingClientRect().width)))")
                .stream()
                .map(Integer::valueOf)
                .toList();
    }

    /** Returns the rows of the newest versions. */
    private List<String> matrix() {
        return strings("[...document.querySelectorAll('.matrix tbody tr')]"
                + ".map(row => [...row.children].map(cell => cell.textContent).join(' | '))");
    }

    /** Returns the number of rows of the newest versions that are not inside a closed element. */
    private int visibleRows() {
        return tab.evaluate(
                        "[...document.querySelectorAll('.matrix tbody tr')].filter(e => e.checkVisibility()).length")
                .asInt();
    }

    private List<String> sorting() {
        return strings("[...document.querySelectorAll('#columns th:not([aria-sort=none])')]"
                + ".map(e => e.textContent + ' ' + e.getAttribute('aria-sort'))");
    }

    private List<String> strings(String expression) {
        List<String> strings = new ArrayList<>();
        tab.evaluate(expression).forEach(text -> strings.add(text.asText()));
        return strings;
    }
}

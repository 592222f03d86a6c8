package io.otabridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.ConfigError;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductAliasesTest {

    private static final String BACKENDS = """
            default: prod
            backends:
              prod: { vendor: memory, region: here }
              legacy: { vendor: memory, region: there }
            """;

    private final BackendContext context = BackendContext.system().withEnvironment(Map.of());

    @TempDir
    private Path directory;

    @Test
    void returns_the_id_of_a_product_on_each_backend() throws IOException {
        ProductAliases products =
                read("products:\n  thermometer: { prod: 5ba24f, legacy: a19mz }\n  摄像头: { prod: cam }\n");

        assertThat(products.names()).isEqualTo(List.of("thermometer", "摄像头"));
        assertThat(products.id("thermometer", "prod")).isEqualTo(Option.some(ProductId.of("5ba24f")));
        assertThat(products.resolve("thermometer", "legacy")).isEqualTo(ProductId.of("a19mz"));
        assertThat(products.name("legacy", ProductId.of("a19mz"))).isEqualTo(Option.some("thermometer"));
        assertThat(products.backendsOf("摄像头")).isEqualTo(List.of("prod"));
    }

    @Test
    void finds_a_name_by_every_equivalent_id() {
        ProductAliases products = new ProductAliases(
                Option.none(),
                Map.of(
                        "thermometer",
                        Map.of(
                                "prod", Either.right(ProductId.of("5BA24F")),
                                "legacy", Either.right(ProductId.of("A19mz")))),
                (backend, id) ->
                        backend.equals("prod") ? ProductId.of(id.value().toLowerCase(Locale.ROOT)) : id);

        assertThat(products.name("prod", ProductId.of("5ba24f"))).isEqualTo(Option.some("thermometer"));
        assertThat(products.name("legacy", ProductId.of("a19mz"))).isEqualTo(Option.none());
        assertThat(products.id("thermometer", "prod")).isEqualTo(Option.some(ProductId.of("5BA24F")));
    }

    @Test
    void resolves_an_unknown_name_as_an_id() throws IOException {
        ProductAliases products = read("products:\n  thermometer: { prod: 5ba24f }\n");

        assertThat(products.resolve("a1k9ThermoPlus", "prod")).isEqualTo(ProductId.of("a1k9ThermoPlus"));
        assertThat(products.name("legacy", ProductId.of("5ba24f"))).isEqualTo(Option.none());
        assertThat(products.id("unknown", "prod")).isEqualTo(Option.none());
    }

    @Test
    void names_the_backends_that_have_a_product() throws IOException {
        ProductAliases products = read("products:\n  thermometer: { prod: 5ba24f }\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> products.resolve("thermometer", "legacy"))
                .withMessage(
                        "product \"thermometer\" has no id for backend \"legacy\" in the configuration, only for prod");
    }

    @Test
    void is_optional() throws IOException {
        assertThat(read("").names()).isEmpty();
    }

    @Test
    void can_be_configured_in_java() {
        OtaConfig config = OtaConfig.builder()
                .backend("prod", "memory", Map.of("region", "here"))
                .product("thermometer", Map.of("prod", "5ba24f"))
                .build();

        try (OtaBridge ota = OtaBridge.of(config, context)) {
            assertThat(ota.products().resolve("thermometer", "prod")).isEqualTo(ProductId.of("5ba24f"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        OtaConfig.builder().product("thermometer", Map.of()).product("thermometer", Map.of()))
                .withMessageContaining("already exists");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "products: many | line 5: products must be a section with a name for each product",
                "products: { thermometer: 5ba24f } | products contains a product that is not a section with an id for each backend",
                "products: { thermometer: {} } | products contains a product that is not a section with an id for each backend",
                "products: { thermometer: { stage: x } } | products.thermometer has an unknown setting",
                "products: { thermometer: { prod: { id: x } } } | products.thermometer.prod must be the product's id",
                "products: { thermometer: { prod: 'a b' } } | products.thermometer.prod must be 1 to 128 characters",
                "products: { \"a\\nb\": { prod: x } } | products contains a name that is not allowed: it must be",
                "products: { a: { prod: x }, b: { prod: x } } | products.b.prod is the same product as products.a.prod",
            })
    void reports_an_invalid_section(String section, String problem) {
        ConfigurationException invalid = catchThrowableOfType(ConfigurationException.class, () -> read(section + "\n"));

        assertThat(invalid.errors()).hasSize(1);
        assertThat(invalid.errors().head().toString()).contains(problem);
    }

    @Test
    void compares_ids_by_the_rule_of_the_configured_backend() throws IOException {
        Path file = Files.writeString(directory.resolve("ota.yaml"), """
                default: prod
                backends:
                  prod: { vendor: memory, region: here, own-name: same, ignores-case: true }
                  legacy: { vendor: memory, region: there, own-name: same }
                products:
                  a: { prod: Ab, legacy: Ab }
                  b: { prod: aB, legacy: aB }
                """);

        ConfigurationException invalid = catchThrowableOfType(ConfigurationException.class, () -> {
            try (OtaBridge ota = OtaBridge.load(file, context)) {
                ota.checkAll();
            }
        });

        assertThat(invalid.errors().map(ConfigError::toString))
                .containsExactly("line 7: products.b.prod is the same product as products.a.prod");
    }

    private ProductAliases read(String section) throws IOException {
        Path file = Files.writeString(directory.resolve("ota.yaml"), BACKENDS + section);
        try (OtaBridge ota = OtaBridge.load(file, context)) {
            ota.checkAll();
            return ota.products();
        }
    }
}

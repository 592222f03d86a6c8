package io.otabridge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.otabridge.architecture.Conditions.beInANullMarkedPackage;
import static io.otabridge.architecture.Conditions.haveNoParameterOf;
import static io.otabridge.architecture.Conditions.notContain;
import static io.otabridge.architecture.Conditions.resideInAPackageOfAtMost;
import static io.otabridge.architecture.Conditions.returnOneOf;
import static io.otabridge.architecture.Conditions.useOnlyTypesFrom;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the dependencies between modules and the visibility of internal types. */
@AnalyzeClasses(packages = "io.otabridge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] LANGUAGE = {"java..", "io.vavr..", "org.jspecify.."};
    private static final String[] WIRE = {
        "javax.net..",
        "javax.crypto..",
        "javax.xml.stream..",
        "com.fasterxml.jackson..",
        "retrofit2..",
        "okhttp3..",
        "okio..",
        "kotlin..",
        "org.slf4j..",
        "dev.failsafe.."
    };

    /** Types that are public and nested only in public types. */
    private static final DescribedPredicate<JavaClass> EXPOSED = describe(
            "are exposed",
            type -> Stream.iterate(
                            Optional.of(type),
                            Optional::isPresent,
                            inner -> inner.get().getEnclosingClass())
                    .allMatch(outer -> outer.get().getModifiers().contains(JavaModifier.PUBLIC)));

    /** The types that configure a backend of an adapter. */
    private static final DescribedPredicate<JavaClass> VENDOR_SETTINGS = describe(
            "are the settings of a vendor",
            type -> type.getName().matches("io\\.otabridge\\.(huawei|aliyun)\\.\\w+Config(\\$(Builder|Signature))?"));

    @ArchTest
    static final ArchRule domain_depends_only_on_the_language = module("domain", LANGUAGE);

    @ArchTest
    static final ArchRule client_depends_only_on_the_domain = module("client", LANGUAGE, WIRE, of("domain"));

    @ArchTest
    static final ArchRule quota_depends_only_on_domain_and_client = module(
            "quota", LANGUAGE, WIRE, new String[] {"io.github.bucket4j..", "io.lettuce.."}, of("domain", "client"));

    @ArchTest
    static final ArchRule micrometer_depends_only_on_the_domain =
            module("micrometer", LANGUAGE, new String[] {"io.micrometer.."}, of("domain"));

    @ArchTest
    static final ArchRule jackson_depends_only_on_domain_and_application = module(
            "jackson", LANGUAGE, new String[] {"com.fasterxml.jackson..", "tools.jackson.."}, of("domain", "app"));

    @ArchTest
    static final ArchRule starter_does_not_depend_on_adapters = module(
            "spring",
            LANGUAGE,
            new String[] {"org.springframework..", "io.micrometer..", "okhttp3..", "org.junit.jupiter.api.extension.."},
            of("domain", "client", "app", "jackson", "micrometer", "contracts"));

    @ArchTest
    static final ArchRule huawei_adapter_depends_only_on_domain_and_client =
            module("huawei", LANGUAGE, WIRE, of("domain", "client"));

    @ArchTest
    static final ArchRule aliyun_adapter_depends_only_on_domain_and_client =
            module("aliyun", LANGUAGE, WIRE, of("domain", "client"));

    @ArchTest
    static final ArchRule application_depends_only_on_the_domain =
            module("app", LANGUAGE, new String[] {"org.snakeyaml..", "com.github.benmanes.caffeine.."}, of("domain"));

    @ArchTest
    static final ArchRule simulators_do_not_depend_on_the_other_modules = module(
            "simulators",
            LANGUAGE,
            new String[] {"javax.net..", "javax.crypto..", "javax.xml..", "com.fasterxml.jackson.."},
            new String[] {"com.sun.net.httpserver.."},
            of());

    @ArchTest
    static final ArchRule contracts_depend_only_on_domain_and_simulators = module(
            "contracts",
            LANGUAGE,
            WIRE,
            new String[] {"com.sun.management..", "org.junit..", "org.assertj..", "com.github.tomakehurst.."},
            of("domain", "simulators"));

    @ArchTest
    static final ArchRule command_line_does_not_depend_on_adapters = noClasses()
            .that()
            .resideInAPackage("io.otabridge.cli..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.otabridge.huawei..", "io.otabridge.aliyun.."));

    @ArchTest
    static final ArchRule application_contains_no_vendor_names = classes()
            .that()
            .resideInAnyPackage("io.otabridge.app..", "io.otabridge.domain..", "io.otabridge.client..")
            .should(notContain("huawei", "aliyun", "tuya"));

    @ArchTest
    static final ArchRule packages_of_an_adapter_are_internal = noClasses()
            .that()
            .resideOutsideOfPackages("io.otabridge.huawei..", "io.otabridge.aliyun..", "io.otabridge.benchmarks..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.otabridge.huawei.*..", "io.otabridge.aliyun.*.."));

    @ArchTest
    static final ArchRule adapters_expose_only_providers_and_settings = classes()
            .that()
            .resideInAnyPackage("io.otabridge.huawei", "io.otabridge.aliyun")
            .and(EXPOSED)
            .should()
            .haveSimpleNameEndingWith("Provider")
            .orShould(be(VENDOR_SETTINGS));

    @ArchTest
    static final ArchRule steps_of_the_chain_are_internal = noClasses()
            .that()
            .resideOutsideOfPackages("io.otabridge.client..", "io.otabridge.benchmarks..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.otabridge.client.chain..", "io.otabridge.client.coalesce.."));

    @ArchTest
    static final ArchRule shared_parts_of_the_application_are_internal = noClasses()
            .that()
            .resideOutsideOfPackage("io.otabridge.app..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.otabridge.app.copy..", "io.otabridge.app.file.."));

    @ArchTest
    static final ArchRule vendor_settings_use_only_their_own_and_domain_types = methods()
            .that()
            .areDeclaredInClassesThat(VENDOR_SETTINGS)
            .and()
            .arePublic()
            .should(useOnlyTypesFrom("java", "io.otabridge.domain", "io.otabridge.huawei", "io.otabridge.aliyun"));

    @ArchTest
    static final ArchRule public_signatures_use_only_domain_types = methods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(
                            "io.otabridge.domain..", "io.otabridge.app..", "io.otabridge.huawei", "io.otabridge.aliyun")
                    .and(EXPOSED)
                    .and(not(VENDOR_SETTINGS)))
            .and()
            .arePublic()
            .should(useOnlyTypesFrom("java", "io.vavr", "org.jspecify", "io.otabridge.domain", "io.otabridge.app"));

    /**
     * Excludes constructors of records, whose components may be absent, and types that only adapters call:
     * {@code FailureDetails}, {@code ConfigError} and {@code CallObservation}.
     */
    @ArchTest
    static final ArchRule public_methods_have_no_option_parameters = methods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(of("domain", "app"))
                    .and(EXPOSED)
                    .and(not(simpleName("FailureDetails")))
                    .and(not(simpleName("ConfigError")))
                    .and(not(simpleName("CallObservation"))))
            .and()
            .arePublic()
            .should(haveNoParameterOf(Option.class));

    @ArchTest
    static final ArchRule ports_return_either_or_pages = methods()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Port")
            .and()
            .doNotHaveName("unsupported")
            .should(returnOneOf(Either.class, Pages.class));

    @ArchTest
    static final ArchRule ports_are_interfaces_of_the_domain = classes()
            .that()
            .haveSimpleNameEndingWith("Port")
            .should()
            .beInterfaces()
            .andShould()
            .resideInAPackage("io.otabridge.domain..");

    @ArchTest
    static final ArchRule every_package_is_null_marked = classes().should(beInANullMarkedPackage());

    @ArchTest
    static final ArchRule packages_have_at_most_20_types = classes().should(resideInAPackageOfAtMost(20));

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("io.otabridge.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_have_no_meaningless_affixes = noClasses()
            .should()
            .haveNameMatching(".*\\.(I[A-Z][a-z]\\w*|Abstract\\w*|\\w+(Impl|Manager|Helper|Utils|Util))");

    @ArchTest
    static final ArchRule only_the_command_line_prints = noClasses()
            .that()
            .resideOutsideOfPackage("io.otabridge.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    private static ArchRule module(String module, String[]... allowed) {
        DescribedPredicate<JavaClass> permitted = resideInAPackage("io.otabridge." + module + "..");
        for (String[] packages : allowed) {
            permitted = permitted.or(resideInAnyPackage(packages));
        }
        return classes()
                .that()
                .resideInAPackage("io.otabridge." + module + "..")
                .should(onlyDependOnClassesThat(permitted));
    }

    private static String[] of(String... modules) {
        String[] packages = new String[modules.length];
        for (int i = 0; i < modules.length; i++) {
            packages[i] = "io.otabridge." + modules[i] + "..";
        }
        return packages;
    }
}

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
import static io.otabridge.architecture.Conditions.answerWith;
import static io.otabridge.architecture.Conditions.beInANullMarkedPackage;
import static io.otabridge.architecture.Conditions.beOneOfAtMost;
import static io.otabridge.architecture.Conditions.holdNoText;
import static io.otabridge.architecture.Conditions.speakOnly;
import static io.otabridge.architecture.Conditions.takeNo;

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

/** Dependencies point inward, and what is hidden stays hidden. Each rule has been seen to fail. */
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

    /** Public, and nested in public classes only. */
    private static final DescribedPredicate<JavaClass> EXPOSED = describe(
            "are exposed",
            type -> Stream.iterate(
                            Optional.of(type),
                            Optional::isPresent,
                            inner -> inner.get().getEnclosingClass())
                    .allMatch(outer -> outer.get().getModifiers().contains(JavaModifier.PUBLIC)));

    /** The builders of an adapter for its settings. */
    private static final DescribedPredicate<JavaClass> VENDOR_SETTINGS = describe(
            "are the settings of a vendor",
            type -> type.getName().matches("io\\.otabridge\\.(huawei|aliyun)\\.\\w+Config(\\$(Builder|Signature))?"));

    @ArchTest
    static final ArchRule the_domain_knows_the_language_alone = module("domain", LANGUAGE);

    @ArchTest
    static final ArchRule the_client_knows_the_domain_alone = module("client", LANGUAGE, WIRE, of("domain"));

    @ArchTest
    static final ArchRule the_shared_quota_knows_domain_and_client = module(
            "quota", LANGUAGE, WIRE, new String[] {"io.github.bucket4j..", "io.lettuce.."}, of("domain", "client"));

    @ArchTest
    static final ArchRule metrics_know_the_domain_alone =
            module("micrometer", LANGUAGE, new String[] {"io.micrometer.."}, of("domain"));

    @ArchTest
    static final ArchRule the_huawei_adapter_knows_domain_and_client =
            module("huawei", LANGUAGE, WIRE, of("domain", "client"));

    @ArchTest
    static final ArchRule the_aliyun_adapter_knows_domain_and_client =
            module("aliyun", LANGUAGE, WIRE, of("domain", "client"));

    @ArchTest
    static final ArchRule the_application_knows_the_domain_alone =
            module("app", LANGUAGE, new String[] {"org.snakeyaml..", "com.github.benmanes.caffeine.."}, of("domain"));

    @ArchTest
    static final ArchRule the_simulators_know_the_domain_alone = module(
            "simulators",
            LANGUAGE,
            new String[] {"javax.net..", "javax.crypto..", "javax.xml..", "com.fasterxml.jackson..", "okhttp3.tls.."},
            new String[] {"com.sun.net.httpserver.."},
            of("domain"));

    @ArchTest
    static final ArchRule the_contracts_know_domain_and_simulators = module(
            "contracts",
            LANGUAGE,
            WIRE,
            new String[] {"com.sun.management..", "org.junit..", "org.assertj..", "com.github.tomakehurst.."},
            of("domain", "simulators"));

    @ArchTest
    static final ArchRule the_command_reaches_adapters_through_the_application = noClasses()
            .that()
            .resideInAPackage("io.otabridge.cli..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.otabridge.huawei..", "io.otabridge.aliyun.."));

    @ArchTest
    static final ArchRule the_application_names_no_vendor = classes()
            .that()
            .resideInAnyPackage("io.otabridge.app..", "io.otabridge.domain..", "io.otabridge.client..")
            .should(holdNoText("huawei", "aliyun", "tuya"));

    @ArchTest
    static final ArchRule packages_of_an_adapter_are_internal = noClasses()
            .that()
            .resideOutsideOfPackages("io.otabridge.huawei..", "io.otabridge.aliyun..", "io.otabridge.benchmarks..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.otabridge.huawei.*..", "io.otabridge.aliyun.*.."));

    @ArchTest
    static final ArchRule an_adapter_shows_its_provider_and_settings_alone = classes()
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
    static final ArchRule settings_of_a_vendor_speak_the_domain_and_of_themselves = methods()
            .that()
            .areDeclaredInClassesThat(VENDOR_SETTINGS)
            .and()
            .arePublic()
            .should(speakOnly("java", "io.otabridge.domain", "io.otabridge.huawei", "io.otabridge.aliyun"));

    @ArchTest
    static final ArchRule public_signatures_speak_the_domain = methods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(
                            "io.otabridge.domain..", "io.otabridge.app..", "io.otabridge.huawei", "io.otabridge.aliyun")
                    .and(EXPOSED)
                    .and(not(VENDOR_SETTINGS)))
            .and()
            .arePublic()
            .should(speakOnly("java", "io.vavr", "org.jspecify", "io.otabridge.domain", "io.otabridge.app"));

    /**
     * Constructors of records are left out, as their components may be absent, and what only adapters call: details of
     * failures, errors of settings, and the observation that an application implements.
     */
    @ArchTest
    static final ArchRule callers_pass_no_option = methods()
            .that()
            .areDeclaredInClassesThat(resideInAnyPackage(of("domain", "app"))
                    .and(EXPOSED)
                    .and(not(simpleName("FailureDetails")))
                    .and(not(simpleName("ConfigError")))
                    .and(not(simpleName("CallObservation"))))
            .and()
            .arePublic()
            .should(takeNo(Option.class));

    @ArchTest
    static final ArchRule ports_answer_with_either_or_pages = methods()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Port")
            .should(answerWith(Either.class, Pages.class));

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
    static final ArchRule packages_are_small = classes().should(beOneOfAtMost(20));

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("io.otabridge.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule names_say_what_a_class_does = noClasses()
            .should()
            .haveNameMatching(".*\\.(I[A-Z][a-z]\\w*|Abstract\\w*|\\w+(Impl|Manager|Helper|Utils|Util))");

    @ArchTest
    static final ArchRule only_the_command_prints = noClasses()
            .that()
            .resideOutsideOfPackage("io.otabridge.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    private static ArchRule module(String module, String[]... allowed) {
        DescribedPredicate<JavaClass> known = resideInAPackage("io.otabridge." + module + "..");
        for (String[] packages : allowed) {
            known = known.or(resideInAnyPackage(packages));
        }
        return classes()
                .that()
                .resideInAPackage("io.otabridge." + module + "..")
                .should(onlyDependOnClassesThat(known));
    }

    private static String[] of(String... modules) {
        String[] packages = new String[modules.length];
        for (int i = 0; i < modules.length; i++) {
            packages[i] = "io.otabridge." + modules[i] + "..";
        }
        return packages;
    }
}

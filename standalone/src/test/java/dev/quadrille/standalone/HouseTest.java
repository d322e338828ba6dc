package dev.quadrille.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysFalse;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may know whom: one rule per room, and nobody reaches around a corner. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HouseTest {

    private static final String[] JAVA = {"java..", "org.jspecify.annotations.."};
    private static final String[] CONTEXTS = {
        "dev.quadrille.financing..",
        "dev.quadrille.billing..",
        "dev.quadrille.reports..",
        "dev.quadrille.catering..",
        "dev.quadrille.voiding..",
        "dev.quadrille.demo..",
        "dev.quadrille.parking.."
    };

    /** Those with process managers, which tell others what to do. */
    private static final Set<String> MANAGING = Set.of("dev.quadrille.voiding..");

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("dev.quadrille");
        assertThat(house).as("the whole house is on the class path").hasSizeGreaterThan(150);
    }

    @Test
    void the_kernel_knows_nobody() {
        check(classes()
                .that()
                .resideInAPackage("dev.quadrille.kernel..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("dev.quadrille.kernel..").or(resideInAnyPackage(JAVA))));
    }

    @Test
    void the_business_knows_the_kernel_and_money() {
        check(classes()
                .that()
                .resideInAnyPackage(CONTEXTS)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(CONTEXTS)
                        .or(resideInAnyPackage("dev.quadrille.kernel..", "dev.quadrille.money..", "org.joda.money.."))
                        .or(resideInAnyPackage(JAVA))));
        check(classes()
                .that()
                .resideInAPackage("dev.quadrille.money..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("dev.quadrille.money..", "org.joda.money..")
                        .or(resideInAnyPackage(JAVA))));
    }

    @Test
    void a_context_knows_of_another_only_its_events_the_ids_in_them_and_if_it_manages_processes_its_commands() {
        for (var context : CONTEXTS) {
            check(noClasses()
                    .that()
                    .resideInAPackage(context)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(CONTEXTS)
                            .and(not(resideInAPackage(context)
                                    .or(assignableTo(Event.class))
                                    .or(MANAGING.contains(context) ? assignableTo(Command.class) : alwaysFalse())
                                    .or(simpleNameEndingWith("Id"))))));
        }
    }

    @Test
    @Tag("C2.25")
    @Tag("C2.67")
    @Tag("C2.68")
    void the_business_is_pure() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CONTEXTS)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.net..", "java.sql..", "java.nio.."));
    }

    @Test
    void the_adapters_know_the_kernel_and_neither_each_other_nor_the_business() {
        for (var room : new String[] {"json", "postgres", "rabbitmq"}) {
            check(noClasses()
                    .that()
                    .resideInAPackage("dev.quadrille." + room + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.quadrille..")
                            .and(not(resideInAnyPackage("dev.quadrille." + room + "..", "dev.quadrille.kernel..")))));
        }
    }

    @Test
    void the_rooms_for_servers_know_nothing_of_ours() {
        for (var room : new String[] {"grpc", "embedded"}) {
            check(noClasses()
                    .that()
                    .resideInAPackage("dev.quadrille." + room + "..")
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.quadrille..")
                            .and(not(resideInAPackage("dev.quadrille." + room + "..")))));
        }
    }

    @Test
    void the_rooms_for_calls_know_the_engine_and_of_the_contract_what_becomes_of_commands() {
        onlyKnows("commands", "kernel", "grpc", "rabbitmq");
        onlyKnows("queries", "kernel", "grpc", "postgres", "proto.command");
    }

    private static void onlyKnows(String room, String... others) {
        var known = Stream.concat(Stream.of(room), Stream.of(others))
                .map(other -> "dev.quadrille." + other + "..")
                .toArray(String[]::new);
        check(noClasses()
                .that()
                .resideInAPackage("dev.quadrille." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.quadrille..").and(not(resideInAnyPackage(known)))));
    }

    @Test
    void the_listener_knows_no_store_and_no_decision() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.quadrille.listener..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "dev.quadrille.postgres..", "java.sql..", "org.jooq..", "com.zaxxer.hikari..")
                        .or(simpleName("Decider").or(simpleName("Policy")).or(simpleName("EventStore")))));
    }

    @Test
    void the_relayer_knows_no_business_but_where_the_servers_and_the_queues_are() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.quadrille.relayer..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(CONTEXTS)
                        .or(resideInAPackage("dev.quadrille.domain..").and(not(simpleName("Installation"))))
                        .or(resideInAnyPackage(
                                "dev.quadrille.proto..", "dev.quadrille.grpc..", "dev.quadrille.json.."))));
    }

    @Test
    @Tag("C2.64")
    void the_projections_know_messages_and_no_decision_save_the_audit_that_works_them_out_anew() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.quadrille.projections..")
                .and()
                .resideOutsideOfPackage("dev.quadrille.projections.audit..")
                .should()
                .dependOnClassesThat(simpleName("Decider")
                        .or(simpleName("Policy"))
                        .or(simpleName("EventStore"))
                        .or(simpleName("PostgresEventStore"))
                        .or(simpleName("PostgresFeed"))
                        .or(simpleName("CommandBus"))));
    }

    @Test
    void the_console_knows_the_contract_and_its_shell() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.quadrille.console..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.quadrille..")
                        .and(not(resideInAnyPackage(
                                "dev.quadrille.console..", "dev.quadrille.proto..", "dev.quadrille.shell..")))));
    }

    @Test
    void of_the_console_only_what_speaks_with_browsers_knows_of_the_web() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.quadrille.console.system..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "org.thymeleaf..", "org.apache.."));
    }

    @Test
    void services_do_not_know_each_other() {
        check(slices().matching("dev.quadrille.(listener|relayer|projections|console)..")
                .should()
                .notDependOnEachOther());
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.quadrille.standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.quadrille.standalone.."));
    }

    @Test
    void spring_is_the_shell_of_a_service_and_ends_there() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Application")
                .and()
                .resideOutsideOfPackages(
                        "dev.quadrille.shell..", "dev.quadrille.standalone..", "dev.quadrille.console.web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.."));
    }

    @Test
    void no_room_goes_around_in_circles() {
        check(slices().matching("dev.quadrille.(*)..").should().beFreeOfCycles());
    }

    private static void check(ArchRule rule) {
        rule.check(house);
    }
}

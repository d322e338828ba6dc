package dev.quadrille.voiding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.billing.Billing;
import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentCommand.IssueDocument;
import dev.quadrille.billing.document.DocumentCommand.VoidDocument;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoided;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingAborted;
import dev.quadrille.billing.document.DocumentEvent.DocumentVoidingFailureAcknowledged;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import dev.quadrille.domain.Installation;
import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.DerivedId;
import dev.quadrille.kernel.Outcome.Rejected;
import dev.quadrille.kernel.process.ProcessCommand.AcknowledgeProcessFailure;
import dev.quadrille.kernel.process.ProcessCommand.RetryNow;
import dev.quadrille.kernel.process.Processes;
import dev.quadrille.reports.Reports;
import dev.quadrille.reports.customer.CustomerReportsCommand.PublishReport;
import dev.quadrille.reports.customer.CustomerReportsId;
import dev.quadrille.reports.customer.ReportId;
import dev.quadrille.testkit.simulation.Figures;
import dev.quadrille.testkit.simulation.Sabotage;
import dev.quadrille.testkit.simulation.Seeds;
import dev.quadrille.testkit.simulation.Simulation;
import dev.quadrille.testkit.simulation.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Voiding where anything goes wrong that can, at every place in turn and in any order. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class VoidingSimulationTest {

    private static final Simulator SIMULATOR = VoidingLaws.under(new Simulator(
                    Stream.concat(Billing.aggregates().stream(), Reports.aggregates().stream())
                            .toList(),
                    Reports.policies(),
                    Installation.codec())
            .with(new Processes(Voiding.processManagers(Duration.ofSeconds(30)), Set.of())));

    private static final CustomerId CUSTOMER = new CustomerId(new UUID(2, 1));
    private static final List<DocumentId> DOCUMENTS = LongStream.rangeClosed(1, 3)
            .mapToObj(n -> new DocumentId(new UUID(1, n)))
            .toList();
    private static final DocumentId DOCUMENT = DOCUMENTS.getFirst();
    private static final ProcessId PROCESS = new ProcessId(new UUID(3, 1));
    private static final ProcessId SECOND_PROCESS = new ProcessId(new UUID(3, 2));
    private static final Figures SWEPT = new Figures();

    @AfterAll
    static void tell() {
        System.out.println("{\"swept\": " + SWEPT + "}");
    }

    @Nested
    class Stories {

        @Test
        void P7_a_document_is_voided() {
            sweep(system -> {
                issue(system);

                system.send(new VoidDocument(DOCUMENT, PROCESS));

                assertThat(system.events()).contains(new DocumentVoided(DOCUMENT, PROCESS));
            });
        }

        @Test
        void P7_one_in_a_published_report_is_not_until_that_is_acknowledged_and_not_then() {
            sweep(system -> {
                issue(system);
                system.send(publish(DOCUMENT));

                system.send(new VoidDocument(DOCUMENT, PROCESS));
                var inVain = system.send(new VoidDocument(DOCUMENT, SECOND_PROCESS));
                system.send(new AcknowledgeProcessFailure(processOf(PROCESS)));
                system.send(new VoidDocument(DOCUMENT, SECOND_PROCESS));

                assertThat(system.events())
                        .contains(
                                new DocumentVoidingAborted(DOCUMENT, PROCESS),
                                new DocumentVoidingFailureAcknowledged(DOCUMENT, PROCESS),
                                new DocumentVoidingAborted(DOCUMENT, SECOND_PROCESS));
                assertThat(system.outcome(inVain).verdict())
                        .isInstanceOfSatisfying(
                                Rejected.class,
                                rejected -> assertThat(rejected.rejection().reason())
                                        .isEqualTo("FAILURE_NOT_ACKNOWLEDGED"));
            });
        }

        @Test
        void P7_two_wishes_at_once_begin_one_process() {
            sweep(system -> {
                issue(system);

                system.enqueue(new VoidDocument(DOCUMENT, PROCESS));
                system.enqueue(new VoidDocument(DOCUMENT, SECOND_PROCESS));
                system.run();

                assertThat(system.events())
                        .filteredOn(DocumentVoided.class::isInstance)
                        .hasSize(1);
            });
        }

        private static void issue(Simulation system) {
            system.send(VoidingSimulationTest.issue(DOCUMENT));
        }

        private static void sweep(Consumer<Simulation> story) {
            SIMULATOR.sweep(story, SWEPT);
        }
    }

    @Nested
    class Seeded {

        @Test
        void P5_P7_P8_no_seed_breaks_a_law() {
            System.out.println(
                    Seeds.run(
                            SIMULATOR,
                            VoidingSimulationTest::workload,
                            "./test -pl domain -am -DskipITs -Dsurefire.failIfNoSpecifiedTests=false -Dtest=VoidingSimulationTest"));
        }

        /** Without a deadline a process would be late, not wrong: that is a law of the engine alone. */
        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.INCLUDE,
                names = {"CHECKPOINT_BEFORE_CONFIRM", "EVENTS_UNCONFIRMED", "COMMANDS_UNCONFIRMED"})
        void a_defect_that_loses_a_message_leaves_a_process_waiting_within_1000_seeds(Sabotage defect) {
            var seed = SIMULATOR
                    .sabotagedBy(defect)
                    .seedThatBreaks(VoidingLaws.NOBODY_WAITS, 1_000, VoidingSimulationTest::workload);

            System.out.printf("{\"sabotage\": \"%s\", \"found_by_seed\": %d}%n", defect, seed);
        }
    }

    /** Few of each, so that they collide: voidings against publications, also twice, too early or in vain. */
    private static List<Command> workload(RandomGenerator random) {
        var commands = new ArrayList<Command>();
        DOCUMENTS.forEach(document -> commands.add(issue(document)));
        var wishes = random.nextInt(2, 10);
        for (var i = 1; i <= wishes; i++) {
            var document = DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
            var process = processOf(new ProcessId(new UUID(3, random.nextInt(1, wishes + 1))));
            commands.add(
                    switch (random.nextInt(8)) {
                        case 0, 1 -> publish(document);
                        case 2 -> new AcknowledgeProcessFailure(process);
                        case 3 -> new RetryNow(process);
                        default -> new VoidDocument(document, new ProcessId(new UUID(3, i)));
                    });
        }
        return commands;
    }

    private static IssueDocument issue(DocumentId document) {
        return new IssueDocument(document, CUSTOMER, Money.parse("EUR 10"));
    }

    /** The report that the document has begun, if it has. */
    private static PublishReport publish(DocumentId document) {
        return new PublishReport(
                new CustomerReportsId(CUSTOMER.value()), new ReportId(DerivedId.of(document.value(), "report")));
    }

    private static dev.quadrille.kernel.process.ProcessId processOf(ProcessId process) {
        return new dev.quadrille.kernel.process.ProcessId(process.value());
    }
}

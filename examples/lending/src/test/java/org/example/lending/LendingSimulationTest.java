package org.example.lending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.example.lending.Examples.ADA;
import static org.example.lending.Examples.BOB;
import static org.example.lending.Examples.BOOK;
import static org.example.lending.Examples.CODEC;
import static org.example.lending.Examples.COPY;
import static org.example.lending.Examples.LOAN;
import static org.example.lending.Examples.OTHER_COPY;

import dev.quadrille.kernel.Command;
import dev.quadrille.kernel.Event;
import dev.quadrille.testkit.simulation.Figures;
import dev.quadrille.testkit.simulation.Sabotage;
import dev.quadrille.testkit.simulation.Seeds;
import dev.quadrille.testkit.simulation.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.example.lending.copy.CopyCommand.LendCopy;
import org.example.lending.copy.CopyCommand.RegisterCopy;
import org.example.lending.copy.CopyCommand.ReturnCopy;
import org.example.lending.copy.CopyEvent.CopyRecalled;
import org.example.lending.copy.CopyEvent.CopyReserved;
import org.example.lending.copy.LoanId;
import org.example.lending.waiting.WaitingCommand.WaitForBook;
import org.example.lending.waiting.WaitingEvent.OfferFellThrough;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Lending where anything goes wrong that can, at every place in turn and in any order. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LendingSimulationTest {

    private static final Simulator SIMULATOR =
            LendingLaws.under(new Simulator(Lending.aggregates(), Lending.policies(), CODEC)
                    .with(Lending.processes(Duration.ofDays(28))));

    @Test
    void a_copy_is_kept_for_who_waits_whatever_fails_on_the_way() {
        var figures = new Figures();
        SIMULATOR.sweep(
                system -> {
                    for (var command : List.of(
                            new RegisterCopy(COPY, BOOK, "Emma"),
                            new LendCopy(COPY, LOAN, ADA),
                            new WaitForBook(BOOK, BOB),
                            new ReturnCopy(COPY))) {
                        system.enqueue(command);
                        system.run();
                    }
                    assertThat(system.events()).contains(new CopyReserved(COPY, BOB));
                },
                figures);
        System.out.println("{\"swept\": " + figures + "}");
    }

    @Test
    void no_seed_breaks_a_law() {
        System.out.println(
                Seeds.run(SIMULATOR, LendingSimulationTest::workload, "mvn test -Dtest=LendingSimulationTest"));
    }

    @Test
    void the_seeds_keep_copies_recall_loans_and_have_offers_fall_through() {
        var events = LongStream.rangeClosed(1, 200)
                .boxed()
                .<Event>flatMap(seed -> SIMULATOR.run(seed, LendingSimulationTest::workload).events().stream())
                .toList();

        assertThat(events)
                .hasAtLeastOneElementOfType(CopyReserved.class)
                .hasAtLeastOneElementOfType(CopyRecalled.class)
                .hasAtLeastOneElementOfType(OfferFellThrough.class);
    }

    @Test
    void a_system_that_loses_commands_is_found_out() {
        var seed = SIMULATOR
                .sabotagedBy(Sabotage.COMMANDS_UNCONFIRMED)
                .seedThatBreaks(LendingLaws.OFFERS_ARE_KEPT, 1_000, LendingSimulationTest::workload);

        System.out.printf("{\"sabotage\": \"COMMANDS_UNCONFIRMED\", \"found_by_seed\": %d}%n", seed);
    }

    /** Few of each, so that they collide: two copies of one book, two readers, and who is first to the shelf. */
    private static List<Command> workload(RandomGenerator random) {
        var commands = new ArrayList<Command>(
                List.of(new RegisterCopy(COPY, BOOK, "Emma"), new RegisterCopy(OTHER_COPY, BOOK, "Emma")));
        var wishes = random.nextInt(4, 14);
        for (var i = 1; i <= wishes; i++) {
            var copy = random.nextBoolean() ? COPY : OTHER_COPY;
            var reader = random.nextBoolean() ? ADA : BOB;
            commands.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new WaitForBook(BOOK, reader);
                        case 1 -> new ReturnCopy(copy);
                        default -> new LendCopy(copy, new LoanId(new UUID(5, i)), reader);
                    });
        }
        return commands;
    }
}

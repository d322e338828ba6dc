package dev.quadrille.acceptance;

import static dev.quadrille.acceptance.support.Amount.eur;
import static dev.quadrille.acceptance.support.Patience.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.Paperwork;
import dev.quadrille.acceptance.support.Program;
import dev.quadrille.proto.process.v1.ProcessInputKind;
import dev.quadrille.proto.process.v1.ProcessStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Billing, Reports and the process between them, each in a process of the operating system of its own; and everything that is on
 * the bus comes twice.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VoidingApartIT {

    private static final Path TOLD = Path.of("target/voiding-apart");

    private final Map<String, Program> programs = new LinkedHashMap<>();
    private OwnServers servers;
    private Connection connection;
    private Paperwork paper;

    @BeforeAll
    void start() throws Exception {
        servers = OwnServers.withTheBestBroker();
        var addresses = new Addresses(
                "127.0.0.1:" + OwnServers.freePort(), "127.0.0.1:" + OwnServers.freePort(), servers.brokerUrl());
        run("listener", addresses, "");
        run("relayer", addresses, "");
        run("projections", addresses, "");
        for (var contexts : List.of("billing", "reports", "process", "financing,demo")) {
            run("domain", addresses, contexts);
        }
        programs.forEach((name, program) -> program.awaitUp(name.substring(0, name.indexOf(' '))));
        paper = new Paperwork(addresses);
        var factory = new ConnectionFactory();
        factory.setUri(servers.brokerUrl());
        connection = factory.newConnection();
        echo(connection.createChannel());
    }

    private void run(String service, Addresses addresses, String contexts) throws IOException {
        var settings = new HashMap<>(servers.settings());
        settings.putAll(Map.of(
                "BIND_ADDRESS",
                "127.0.0.1",
                "LISTENER_PORT",
                ServicesApart.port(addresses.listener()),
                "QUERY_PORT",
                ServicesApart.port(addresses.query()),
                "METRICS_PORT",
                Integer.toString(OwnServers.freePort()),
                "PARTITIONS",
                "4",
                "VOIDING_ANSWER_WITHIN",
                "1s",
                "CONTEXTS",
                contexts));
        var name = service + " " + contexts;
        var printed = Files.createDirectories(TOLD).resolve(name.strip() + ".log");
        Files.deleteIfExists(printed);
        programs.put(name, new Program(ServicesApart.QUICK_START, List.of(service), settings, printed));
    }

    /** Publishes everything once more that it hears, as it came. */
    private static void echo(Channel channel) throws IOException {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        var queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, "events", "#");
        channel.basicConsume(
                queue,
                true,
                (_, message) -> {
                    if (heard.add(message.getProperties().getMessageId())) {
                        channel.basicPublish(
                                "events",
                                message.getEnvelope().getRoutingKey(),
                                message.getProperties(),
                                message.getBody());
                    }
                },
                _ -> {});
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    @AfterAll
    void stop() throws Exception {
        if (connection != null) {
            connection.abort();
        }
        if (paper != null) {
            paper.close();
        }
        programs.values().forEach(Program::kill);
        servers.close();
    }

    @Test
    void P5_P7_a_document_is_voided() {
        var document = paper.reported(UUID.randomUUID(), eur(10));

        var voiding = paper.voidDocument(document).process();

        assertThat(paper.processIn("DocumentVoided", voiding).getEnded()).isTrue();
        eventually(() -> assertThat(paper.document(document, "").getVoided()).isTrue());
        assertThat(paper.process(voiding).getHistoryList()).hasSize(3);
        assertThat(servers.parked()).isEmpty();
    }

    @Test
    void P5_P7_one_in_a_published_report_is_not_and_after_the_acknowledgement_it_may_be_tried_again() {
        var customer = UUID.randomUUID();
        var document = paper.reported(customer, eur(10));
        var report = UUID.fromString(paper.reportsOf(customer).getFirst().getReportId());
        paper.outcomeOf(paper.publish(customer, report));

        var voiding = paper.voidDocument(document).process();
        paper.processIn("MarkingDocumentAsVoidedFailed", voiding);
        paper.outcomeOf(paper.acknowledge(voiding));
        paper.processIn("FailureAcknowledged", voiding);

        paper.processIn(
                "MarkingDocumentAsVoidedFailed", paper.voidAnew(document).process());
        assertThat(paper.document(document, "").getVoided()).isFalse();
        assertThat(servers.parked()).isEmpty();
    }

    @Test
    void P7_P8_without_reports_a_voiding_is_overdue_and_is_completed_as_soon_as_reports_is_back() {
        var document = paper.reported(UUID.randomUUID(), eur(10));
        var reports = requireNonNull(programs.get("domain reports"));
        reports.kill();

        var voiding = paper.voidDocument(document).process();

        eventually(() ->
                assertThat(paper.process(voiding).getProcess().getOverdue()).isTrue());
        var overdue = paper.process(voiding);
        assertThat(overdue.getProcess().getState()).isEqualTo("VoidingRequested");
        assertThat(overdue.getProcess().getWaitingFor()).isEqualTo("Reports to mark the document");
        var scheduled = overdue.getHistory(0).getDeadlines(0).getScheduledFor();
        var reached = overdue.getHistory(1);
        assertThat(reached.getInput().getKind()).isEqualTo(ProcessInputKind.PROCESS_INPUT_KIND_DEADLINE);
        assertThat(reached.getInput().getScheduledFor()).isEqualTo(scheduled);
        assertThat(instant(reached.getTakenAt())).isAfterOrEqualTo(instant(scheduled));
        paper.outcomeOf(paper.retry(voiding));
        reports.startAgain();
        reports.awaitUp("domain");

        var voided = paper.processIn("DocumentVoided", voiding);
        assertThat(voided.getOverdue()).isFalse();
        assertThat(paper.process(voiding).getHistoryList())
                .extracting(ProcessStep::getState)
                .startsWith(
                        "VoidingRequested", "VoidingRequested", "VoidingRequested", "MarkingDocumentAsVoidedSucceeded")
                .endsWith("DocumentVoided");
    }
}

package dev.quadrille.acceptance;

import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.acceptance.support.Addresses;
import dev.quadrille.acceptance.support.Channels;
import dev.quadrille.acceptance.support.SystemUnderTest;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What every gRPC server offers besides its business. */
@AgainstEverySystem
class ServerIT {

    private static final String[] COMMANDS = {
        "financing.v1.CommandService",
        "billing.v1.CommandService",
        "reports.v1.CommandService",
        "catering.v1.CommandService"
    };
    private static final String[] QUERIES = {
        "financing.v1.QueryService", "billing.v1.QueryService", "reports.v1.QueryService", "catering.v1.QueryService"
    };

    @AutoClose("shutdownNow")
    private final ManagedChannel listener;

    @AutoClose("shutdownNow")
    private final ManagedChannel query;

    ServerIT(SystemUnderTest system) {
        Addresses addresses = system.addresses();
        listener = Channels.open(addresses.listener());
        query = Channels.open(addresses.query());
    }

    @Test
    void reflection_lists_the_services() {
        assertThat(servicesOf(listener)).contains(COMMANDS).contains("grpc.health.v1.Health");
        assertThat(servicesOf(query)).contains(QUERIES).contains("command.v1.OutcomeService", "grpc.health.v1.Health");
    }

    @Test
    void health_is_told_of_the_server_and_of_each_service() {
        assertServing(listener, COMMANDS);
        assertServing(listener, "");
        assertServing(query, QUERIES);
        assertServing(query, "", "command.v1.OutcomeService");
    }

    private static void assertServing(ManagedChannel server, String... services) {
        assertThat(services)
                .allSatisfy(service -> assertThat(HealthGrpc.newBlockingStub(server)
                                .check(HealthCheckRequest.newBuilder()
                                        .setService(service)
                                        .build())
                                .getStatus())
                        .isEqualTo(SERVING));
    }

    private static List<String> servicesOf(ManagedChannel server) {
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var requests = ServerReflectionGrpc.newStub(server).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                answer.completeExceptionally(error);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(new AssertionError("Reflection ended without an answer"));
            }
        });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        var services = answer.orTimeout(10, SECONDS).join();
        requests.onCompleted();
        return services.getListServicesResponse().getServiceList().stream()
                .map(ServiceResponse::getName)
                .toList();
    }
}

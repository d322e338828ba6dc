package dev.quadrille.embedded;

import static com.rabbitmq.client.MessageProperties.MINIMAL_PERSISTENT_BASIC;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.ConnectionFactory;
import java.nio.file.Path;
import java.sql.DriverManager;

/** Both servers in a JVM of their own, which stores number after number in both and tells each that is safe, until killed. */
final class ServersToKill {

    private ServersToKill() {}

    public static void main(String[] arguments) throws Exception {
        var home = Path.of(arguments[0]);
        var factory = new ConnectionFactory();
        try (var database = EmbeddedDatabase.start(home.resolve("database"), 0);
                var broker = EmbeddedBroker.start(home.resolve("broker"), 0);
                var rows = DriverManager.getConnection(
                        database.jdbcUrl("postgres"), database.user(), database.password())) {
            factory.setUri(broker.amqpUrl());
            try (var connection = factory.newConnection();
                    var messages = connection.createChannel();
                    var statement = rows.createStatement()) {
                messages.queueDeclare("numbers", true, false, false, null);
                messages.confirmSelect();
                statement.execute("create table numbers (n int)");
                for (var n = 1; ; n++) {
                    statement.execute("insert into numbers values (" + n + ")");
                    messages.basicPublish(
                            "",
                            "numbers",
                            MINIMAL_PERSISTENT_BASIC,
                            Integer.toString(n).getBytes(UTF_8));
                    messages.waitForConfirmsOrDie();
                    System.out.println(n);
                }
            }
        }
    }
}

package dev.quadrille.standalone;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quadrille.domain.Installation;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** That {@code docs/messages.md} lists every message, with its fields, who sends it and who handles it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageCatalogueTest {

    private static final Path CHECKED_IN = Path.of("../docs/messages.md");
    private static final Path GENERATED = Path.of("target/messages.md");

    @Test
    void the_catalogue_checked_in_is_that_of_the_code() throws IOException {
        Files.writeString(GENERATED, catalogue());

        assertThat(CHECKED_IN)
                .as("docs/messages.md is stale. If the messages are meant to change, " + "docs/generate writes it anew")
                .hasContent(catalogue());
    }

    @Test
    void everybody_speaks_and_is_heard() {
        assertThat(Installation.messageTypes().all().values())
                .filteredOn(type -> !type.getSimpleName().equals("CommandRejected"))
                .allSatisfy(type -> assertThat(Conversation.senders(type))
                        .as("who sends %s", type)
                        .isNotEmpty())
                .filteredOn(type -> !Conversation.kindOf(type).equals("event"))
                .allSatisfy(type -> assertThat(Conversation.receivers(type))
                        .as("who handles %s", type)
                        .isNotEmpty());
    }

    private static String catalogue() {
        var contexts = Installation.messageTypes().all().keySet().stream()
                .map(name -> name.substring(0, name.indexOf('.')))
                .distinct()
                .sorted();
        return contexts.map(MessageCatalogueTest::context).collect(joining("\n", """
                # The messages

                Every message of every context, as the code declares it: its stable name, its fields, who sends a command or records
                an event, and who handles it. Generated, and held against the code by a test. As they travel on the bus they are
                described in [asyncapi.yaml](asyncapi.yaml); who says what to whom is drawn in [flows](flows.md).

                """, ""));
    }

    private static String context(String context) {
        return Conversation.messagesOf(context).entrySet().stream()
                .map(message -> "| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                                message.getKey(),
                                Conversation.kindOf(message.getValue()),
                                fields(message.getValue()),
                                listed(Conversation.senders(message.getValue())),
                                listed(Conversation.receivers(message.getValue()))))
                .collect(joining(
                        "",
                        "## " + context
                                + "\n\n| message | kind | fields | from | to |\n| --- | --- | --- | --- | --- |\n",
                        ""));
    }

    private static String fields(Class<?> message) {
        return Stream.of(message.getRecordComponents())
                .map(field -> "`" + field.getName() + "` " + name(field.getGenericType()))
                .collect(joining(", "));
    }

    private static String name(Type type) {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() instanceof Class<?> raw && Collection.class.isAssignableFrom(raw) ->
                "list of " + name(list.getActualTypeArguments()[0]);
            case Class<?> named -> named.getSimpleName();
            default -> type.getTypeName();
        };
    }

    private static String listed(SortedSet<String> names) {
        return names.isEmpty() ? "–" : String.join(", ", names);
    }
}

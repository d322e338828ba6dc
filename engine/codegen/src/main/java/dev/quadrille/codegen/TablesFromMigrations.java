package dev.quadrille.codegen;

import dev.quadrille.embedded.EmbeddedDatabase;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/** Runs migrations on a throw-away server and writes what they make as Java. */
public final class TablesFromMigrations {

    private static final String DATABASE = "postgres";

    private TablesFromMigrations() {}

    /**
     * Run by the build.
     *
     * @param arguments the folder of the migrations, the package to write, the directory to write it to
     */
    public static void main(String[] arguments) throws Exception {
        try (var server = EmbeddedDatabase.temporary()) {
            var url = server.jdbcUrl(DATABASE);
            Flyway.configure()
                    .dataSource(url, server.user(), server.password())
                    .locations("filesystem:" + arguments[0])
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
            GenerationTool.generate(new Configuration()
                    .withLogging(Logging.WARN)
                    .withJdbc(new Jdbc().withUrl(url).withUser(server.user()).withPassword(server.password()))
                    .withGenerator(new Generator()
                            .withDatabase(publicTables())
                            .withGenerate(new Generate().withGeneratedAnnotation(false))
                            .withTarget(
                                    new Target().withPackageName(arguments[1]).withDirectory(arguments[2]))));
        }
    }

    private static Database publicTables() {
        return new Database()
                .withName("org.jooq.meta.postgres.PostgresDatabase")
                .withInputSchema("public")
                .withOutputSchemaToDefault(true)
                .withExcludes("flyway_schema_history")
                .withIncludeRoutines(false)
                // Blanks mean nothing in this kind of pattern.
                .withForcedTypes(
                        forced("INSTANT", "timestamp .* with\\ time\\ zone"),
                        // Which jOOQ doesn't know.
                        forced("VARCHAR", "xid8"));
    }

    /** Not every database has a column of each. */
    private static ForcedType forced(String name, String types) {
        return new ForcedType().withName(name).withIncludeTypes(types).withIgnoreUnused(true);
    }
}

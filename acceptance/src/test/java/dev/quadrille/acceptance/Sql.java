package dev.quadrille.acceptance;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks into a database behind the system, where no call tells. */
final class Sql {

    private Sql() {}

    /**
     * Answers the first column.
     *
     * @param database for JDBC, with the user
     */
    static List<String> column(String database, String query) {
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}

package dev.quadrille.kernel;

/**
 * The name of a stream, which is all that happened to one aggregate: {@code financing.invoice/<id>}. It is a message's
 * key as well: order is kept within a stream and promised nowhere else.
 *
 * @param category {@code <context>.<aggregate>}, lower case
 * @param id the aggregate's id, not blank, without NUL
 */
public record StreamId(String category, String id) {

    public StreamId {
        if (!category.matches("[a-z][a-z0-9]*\\.[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "A stream's category is <context>.<aggregate> in lower case, not '" + category + "'");
        }
        if (id.isBlank() || id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A stream of category '" + category
                    + "' needs an id that is not blank and has no NUL, which no database can hold, not '" + id + "'");
        }
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if the text is not {@code <context>.<aggregate>/<id>}
     */
    public static StreamId parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("A stream is <context>.<aggregate>/<id>, not '" + text + "'");
        }
        return new StreamId(text.substring(0, slash), text.substring(slash + 1));
    }

    /** The bounded context that owns the stream: the category's part before the dot. */
    public String context() {
        return category.substring(0, category.indexOf('.'));
    }

    @Override
    public String toString() {
        return category + "/" + id;
    }
}

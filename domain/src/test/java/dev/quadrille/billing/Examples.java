package dev.quadrille.billing;

import dev.quadrille.billing.document.CustomerId;
import dev.quadrille.billing.document.DocumentId;
import dev.quadrille.billing.document.ProcessId;
import java.util.UUID;

/** Who and what the examples of billing are told with. */
public final class Examples {

    public static final DocumentId DOCUMENT = new DocumentId(UUID.fromString("f1000000-0000-4000-8000-000000000001"));
    public static final DocumentId OTHER_DOCUMENT =
            new DocumentId(UUID.fromString("f1000000-0000-4000-8000-000000000002"));
    public static final CustomerId CUSTOMER = new CustomerId(UUID.fromString("f2000000-0000-4000-8000-000000000001"));
    public static final ProcessId PROCESS = new ProcessId(UUID.fromString("f3000000-0000-4000-8000-000000000001"));
    public static final ProcessId OTHER_PROCESS =
            new ProcessId(UUID.fromString("f3000000-0000-4000-8000-000000000002"));

    private Examples() {}
}

package dev.quadrille.acceptance;

import static java.util.stream.Collectors.joining;

import dev.quadrille.proto.audit.v1.CommandState;
import dev.quadrille.proto.audit.v1.GetCausalTreeResponse;
import java.util.HashMap;

/** Causal trees, to compare them. */
final class Causes {

    private Causes() {}

    /** Each node on a line, behind what it follows from and further in. */
    static String drawn(GetCausalTreeResponse tree) {
        var depths = new HashMap<String, Integer>();
        return tree.getNodesList().stream()
                .map(node -> {
                    var depth = depths.getOrDefault(node.getParentId(), -1) + 1;
                    depths.put(node.getId(), depth);
                    return "  ".repeat(depth) + node.getType() + " "
                            + (node.getVersion() > 0 ? "@" + node.getVersion() : state(node.getState()));
                })
                .collect(joining("\n"));
    }

    private static String state(CommandState state) {
        return state.name().replace("COMMAND_STATE_", "");
    }
}

package dev.quadrille.shell;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot print the one sentence that matters instead of a stack trace. */
final class BadVariableAnalyzer extends AbstractFailureAnalyzer<BadVariable> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, BadVariable cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Set it in the environment, or as --NAME=value behind the command.", cause);
    }
}

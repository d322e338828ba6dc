/** What has happened, and why, read from the event store itself: streams event by event, a search, and causal trees. */
@NullMarked
package dev.quadrille.projections.audit;

import org.jspecify.annotations.NullMarked;

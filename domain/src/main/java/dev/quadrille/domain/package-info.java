/** The service that runs the business: command handlers, policies and what other contexts announce. */
@NullMarked
package dev.quadrille.domain;

import org.jspecify.annotations.NullMarked;

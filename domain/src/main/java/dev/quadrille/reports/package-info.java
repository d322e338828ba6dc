/** Reports: each customer's documents are gathered into a report until it is published, then into the next. */
@NullMarked
package dev.quadrille.reports;

import org.jspecify.annotations.NullMarked;

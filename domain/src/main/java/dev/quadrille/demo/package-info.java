/** What lets people watch the system at work: switches, as facts, which the domain follows. */
@NullMarked
package dev.quadrille.demo;

import org.jspecify.annotations.NullMarked;

/** What a browser is told: pages made of parts, each of which is also pushed when it changes. */
@NullMarked
package dev.quadrille.console.web;

import org.jspecify.annotations.NullMarked;
